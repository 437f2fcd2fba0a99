package duka.tracing;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.support.ResourcePropertySource;
import org.springframework.util.StringUtils;

/**
 * Says in {@code duka.tracing} whether somebody takes traces, for all settings that depend on it,
 * and what is traced then.
 */
class Endpoint implements EnvironmentPostProcessor {

    static final String IS_THERE = "duka.tracing";

    private static final String ADDRESS = "management.opentelemetry.tracing.export.otlp.endpoint";

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new Answer(environment));
        environment.getPropertySources().addLast(defaults());
    }

    /** Here and not beside the beans: conditions are looked at before a bean's files are read. */
    private static PropertySource<?> defaults() {
        try {
            return new ResourcePropertySource("classpath:duka-tracing.properties");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks when it is asked: the address may come from a place that is read later. */
    private static class Answer extends PropertySource<Object> {

        private final Environment environment;

        Answer(Environment environment) {
            super("tracing");
            this.environment = environment;
        }

        @Override
        public @Nullable Object getProperty(String name) {
            return name.equals(IS_THERE)
                    ? StringUtils.hasText(environment.getProperty(ADDRESS))
                    : null;
        }
    }
}
