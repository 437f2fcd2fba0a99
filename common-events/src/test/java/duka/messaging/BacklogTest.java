package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import duka.testing.TurnedClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class BacklogTest {

    final TurnedClock clock = new TurnedClock();
    final Backlog<Integer> backlog = new Backlog<>(clock, this::count);
    final Gauge gauge =
            backlog.gauge("waiting", "what waits", Integer::doubleValue)
                    .register(new SimpleMeterRegistry());

    int asked;
    boolean away;

    @Test
    void who_looks_often_is_shown_the_same() {
        assertThat(gauge.value()).isOne();
        assertThat(gauge.value()).isOne();

        clock.ahead(Duration.ofSeconds(5));
        assertThat(gauge.value()).isEqualTo(2);
    }

    @Test
    void a_database_that_is_away_is_left_alone_for_a_while() {
        away = true;
        assertThat(gauge.value()).isNaN();

        away = false;
        clock.ahead(Duration.ofSeconds(29));
        assertThat(gauge.value()).isNaN();
        assertThat(asked).isOne();
        clock.ahead(Duration.ofSeconds(31));
        assertThat(gauge.value()).isEqualTo(2);
        clock.ahead(Duration.ofSeconds(37));
        assertThat(gauge.value()).isEqualTo(3);
    }

    private int count(Instant now) {
        asked++;
        if (away) {
            throw new DataAccessResourceFailureException("away");
        }
        return asked;
    }
}
