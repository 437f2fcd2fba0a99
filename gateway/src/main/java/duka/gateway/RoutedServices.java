package duka.gateway;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Part of readiness: this door is open when behind each route there is somebody to answer. */
@Component("services")
class RoutedServices implements ReactiveHealthIndicator {

    private final ReactiveDiscoveryClient registry;

    RoutedServices(ReactiveDiscoveryClient registry) {
        this.registry = registry;
    }

    @Override
    public Mono<Health> health() {
        return Flux.fromIterable(Routes.SERVICES)
                .flatMapSequential(
                        service ->
                                registry.getInstances(service)
                                        .count()
                                        .map(count -> new Found(service, count)))
                .collectList()
                .map(
                        all -> {
                            var health = new Health.Builder();
                            all.forEach(found -> health.withDetail(found.service(), found.count()));
                            var complete = all.stream().allMatch(found -> found.count() > 0);
                            return (complete ? health.up() : health.outOfService()).build();
                        });
    }

    private record Found(String service, long count) {}
}
