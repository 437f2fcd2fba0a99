package duka.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DepartureTest {

    final CountDownLatch gone = new CountDownLatch(1);

    @Test
    void is_over_once_callers_have_noticed() throws InterruptedException {
        long began = System.nanoTime();

        leave(Duration.ofMillis(50));

        assertThat(gone.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void is_not_over_before_that() {
        leave(Duration.ofHours(1));

        assertThat(gone.getCount()).isOne();
    }

    @Test
    void comes_before_all_else_stops() {
        assertThat(new Departure(Duration.ZERO).getPhase()).isEqualTo(Integer.MAX_VALUE);
    }

    private void leave(Duration notice) {
        var departure = new Departure(notice);
        departure.start();
        assertThat(departure.isRunning()).isTrue();
        departure.stop(gone::countDown);
        assertThat(departure.isRunning()).isFalse();
    }
}
