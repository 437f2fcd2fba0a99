package duka.web;

import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * What the fields of the API look like, by their names, so that a field has one example wherever it
 * is. {@code Schema.field} is the one of that schema only. Each module tells its own in {@code
 * examples.properties}; an example that stands in the code has precedence.
 */
final class Examples {

    private final Properties byName;

    private Examples(Properties byName) {
        this.byName = byName;
    }

    static Examples ofAllModules() {
        var byName = new Properties();
        try {
            for (var file :
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:examples.properties")) {
                byName.putAll(
                        PropertiesLoaderUtils.loadProperties(new EncodedResource(file, "UTF-8")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Examples(byName);
    }

    void addTo(String name, Schema<?> schema) {
        Schemas.properties(schema)
                .forEach(
                        (field, of) -> {
                            var example = byName.getProperty(name + "." + field);
                            illustrate(of, example == null ? byName.getProperty(field) : example);
                        });
    }

    private static void illustrate(Schema<?> field, @Nullable String example) {
        if (example == null || field.getExample() != null || field.getEnum() != null) {
            return;
        }
        if (Schemas.is(field, "integer") || Schemas.is(field, "number")) {
            field.setExample(new BigDecimal(example));
        } else if (Schemas.is(field, "string") && field.getFormat() == null) {
            field.setExample(example);
        } else if (Schemas.is(field, "array") && field.getItems() != null) {
            illustrate(field.getItems(), example);
        }
    }
}
