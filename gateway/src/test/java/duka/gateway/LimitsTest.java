package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.filter.ratelimit.RedisRateLimiter;

class LimitsTest {

    private final SharedMemory memory = mock(SharedMemory.class);

    @Test
    void switched_off_nobody_is_even_counted() {
        var limits = limits(new LimitsProperties(false, Map.of()));

        assertThat(limits.take(Scope.SIGN_IN, "amina").block()).isEqualTo(Allowance.UNLIMITED);
        verifyNoInteractions(memory);
    }

    @Test
    void what_is_configured_holds_instead_of_a_scopes_own_rate() {
        var properties = new LimitsProperties(true, Map.of(Scope.SIGN_IN, Rate.of("9/hour")));

        assertThat(properties.of(Scope.SIGN_IN)).isEqualTo(Rate.of("9/hour"));
        assertThat(properties.of(Scope.SIGN_UP)).isEqualTo(Scope.SIGN_UP.rate());
    }

    private Limits limits(LimitsProperties properties) {
        return new Limits(
                new RedisRateLimiter(1, 1), memory, properties, new SimpleMeterRegistry());
    }
}
