package duka.gateway;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param enabled whether anybody's requests are limited
 * @param rates what is to hold instead of a scope's own rate, such as {@code sign-in: 10/min}
 */
@ConfigurationProperties("duka.gateway.limits")
record LimitsProperties(
        @DefaultValue("true") boolean enabled, @DefaultValue Map<Scope, Rate> rates) {

    Rate of(Scope scope) {
        return rates.getOrDefault(scope, scope.rate());
    }
}
