package duka.tracing;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.StringUtils;

/**
 * Says in {@code duka.tracing} whether somebody takes traces, for all settings that depend on it.
 */
class Endpoint implements EnvironmentPostProcessor {

    static final String IS_THERE = "duka.tracing";

    private static final String ADDRESS = "management.opentelemetry.tracing.export.otlp.endpoint";

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new Answer(environment));
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
