package duka.gateway;

import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.DelegatingServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;

/**
 * The instances of one service that are asked in turn: all that are registered, past those that
 * have just refused a connection. No {@code @Configuration}: it is made once for each service.
 */
class Instances {

    @Bean
    ServiceInstanceListSupplier reachable(
            ConfigurableApplicationContext context, Refusals refusals) {
        return ServiceInstanceListSupplier.builder()
                .withDiscoveryClient()
                .withCaching()
                .with((_, registered) -> new Reachable(registered, refusals))
                .build(context);
    }

    private static class Reachable extends DelegatingServiceInstanceListSupplier {

        private final Refusals refusals;

        Reachable(ServiceInstanceListSupplier registered, Refusals refusals) {
            super(registered);
            this.refusals = refusals;
        }

        @Override
        public Flux<List<ServiceInstance>> get() {
            return delegate.get().map(refusals::avoid);
        }
    }
}
