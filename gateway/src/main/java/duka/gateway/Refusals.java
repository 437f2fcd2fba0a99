package duka.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.stereotype.Component;

/**
 * Remembers for a few seconds which instances have refused a connection, so that a killed one is
 * not asked again before the registry has noticed.
 */
@Component
class Refusals {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final Map<String, Instant> until = new ConcurrentHashMap<>();
    private final Clock clock;

    Refusals(Clock clock) {
        this.clock = clock;
    }

    void note(ServiceInstance instance) {
        until.put(address(instance), clock.instant().plus(REMEMBERED));
    }

    /** Those that have not refused of late; all of them, if each has. */
    List<ServiceInstance> avoid(List<ServiceInstance> instances) {
        if (until.isEmpty()) {
            return instances;
        }
        var now = clock.instant();
        until.values().removeIf(end -> !now.isBefore(end));
        var others = instances.stream().filter(it -> !until.containsKey(address(it))).toList();
        return others.isEmpty() ? instances : others;
    }

    private static String address(ServiceInstance instance) {
        return instance.getHost() + ":" + instance.getPort();
    }
}
