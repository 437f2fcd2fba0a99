package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import reactor.core.publisher.Flux;

class RoutedServicesTest {

    private final ReactiveDiscoveryClient registry = mock();

    @Test
    void the_door_is_open_when_there_is_somebody_behind_each_route() {
        everybodyIsThere();

        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void the_door_is_closed_when_one_is_missing_and_says_which() {
        everybodyIsThere();
        when(registry.getInstances(Routes.PAYMENT)).thenReturn(Flux.empty());

        assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health().getDetails())
                .containsEntry(Routes.PAYMENT, 0L)
                .containsEntry(Routes.ORDER, 1L);
    }

    private Health health() {
        return new RoutedServices(registry).health().block(Duration.ofSeconds(5));
    }

    private void everybodyIsThere() {
        when(registry.getInstances(anyString()))
                .thenReturn(
                        Flux.just(new DefaultServiceInstance("1", "some", "localhost", 1, false)));
    }
}
