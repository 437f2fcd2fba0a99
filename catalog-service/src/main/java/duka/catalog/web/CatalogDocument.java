package duka.catalog.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;
import static org.springframework.http.MediaType.MULTIPART_FORM_DATA_VALUE;

import duka.catalog.Ref;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Optional;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document cannot learn from the controllers' types. */
@Configuration(proxyBeanMethods = false)
class CatalogDocument {

    static {
        SpringDocUtils.getConfig()
                .replaceWithSchema(
                        Ref.class,
                        new StringSchema().description("Id or slug").example("oak-chair"));
    }

    /** Besides its picture, a form has the fields of the JSON that could be sent instead. */
    @Bean
    GlobalOpenApiCustomizer fieldsOfForms() {
        return api ->
                api.getPaths().values().stream()
                        .flatMap(path -> path.readOperations().stream())
                        .flatMap(operation -> body(operation).stream())
                        .filter(body -> body.containsKey(APPLICATION_JSON_VALUE))
                        .filter(body -> body.containsKey(MULTIPART_FORM_DATA_VALUE))
                        .forEach(CatalogDocument::nameTheFields);
    }

    private static Optional<Content> body(Operation operation) {
        return Optional.ofNullable(operation.getRequestBody()).map(body -> body.getContent());
    }

    private static void nameTheFields(Content body) {
        var form = body.get(MULTIPART_FORM_DATA_VALUE);
        form.setSchema(
                new Schema<>()
                        .addAllOfItem(body.get(APPLICATION_JSON_VALUE).getSchema())
                        .addAllOfItem(form.getSchema()));
    }
}
