package duka.tracing;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps out everything that makes traces where nobody takes them: Boot alone would make them and
 * throw them away.
 */
class OnlyWithAnEndpoint implements AutoConfigurationImportFilter, EnvironmentAware {

    private boolean isThere;

    @Override
    public void setEnvironment(Environment environment) {
        isThere = environment.getProperty(Endpoint.IS_THERE, Boolean.class, false);
    }

    @Override
    public boolean[] match(
            @Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        var matches = new boolean[autoConfigurations.length];
        for (int at = 0; at < matches.length; at++) {
            var name = autoConfigurations[at];
            matches[at] = isThere || name == null || !makesTraces(name);
        }
        return matches;
    }

    private static boolean makesTraces(String name) {
        return name.startsWith("org.springframework.boot.micrometer.tracing.")
                || name.startsWith("org.springframework.boot.opentelemetry.");
    }
}
