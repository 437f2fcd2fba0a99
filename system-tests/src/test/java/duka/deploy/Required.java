package duka.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What somebody has to decide before a program can run anywhere but on a laptop. */
final class Required {

    /** Without these it does not start, and there is nothing that could stand in for them. */
    private static final Map<String, List<String>> SECRETS =
            Map.of(
                    "identity-service",
                            List.of("spring.datasource.password", "duka.identity.signing-secret"),
                    "catalog-service", List.of("spring.datasource.password"),
                    "cart-service",
                            List.of(
                                    "spring.datasource.password",
                                    "duka.seal.address-key",
                                    "duka.seal.payment-key"),
                    "order-service", List.of("spring.datasource.password", "duka.seal.address-key"),
                    "payment-service",
                            List.of(
                                    "spring.datasource.password",
                                    "duka.seal.payment-key",
                                    "duka.seal.bank-key",
                                    "duka.payment.simulator.api-key",
                                    "duka.payment.simulator.webhook-secret"),
                    "payment-simulator",
                            List.of("duka.simulator.api-key", "duka.simulator.webhook-secret"));

    private static final Set<String> USE_REDIS =
            Set.of("gateway", "identity-service", "catalog-service");

    private Required() {}

    static List<String> missing(
            Deployable program, Map<String, String> environment, Set<String> secretFiles) {
        var needed = new ArrayList<>(program.meantForALaptop().keySet());
        needed.addAll(SECRETS.getOrDefault(program.name(), List.of()));
        if (USE_REDIS.contains(program.name())) {
            needed.addAll(List.of("spring.data.redis.host", "spring.data.redis.password"));
        }
        boolean isRegistered = !"false".equals(environment.get("EUREKA_CLIENT_ENABLED"));
        needed.removeIf(key -> !isRegistered && key.matches("eureka\\..*|duka\\.host"));
        needed.removeIf(secretFiles::contains);
        needed.removeIf(key -> environment.containsKey(Deployable.variable(key)));
        return needed;
    }
}
