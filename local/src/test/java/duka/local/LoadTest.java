package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import duka.local.Arrivals.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTest {

    @Test
    void an_outcome_is_read_as_it_was_written() {
        var outcome = Outcome.read("1500,230,/problems/not-enough-stock");

        assertThat(outcome)
                .isEqualTo(
                        new Outcome(
                                Duration.ofMillis(1500),
                                Duration.ofMillis(230),
                                "/problems/not-enough-stock"));
        assertThat(outcome.is("CONFIRMED")).isFalse();
    }

    @Test
    void a_misused_load_ends_with_2() {
        assertThat(Duka.run(List.of("load", "--hot"))).isEqualTo(2);
        assertThat(Duka.run(List.of("growth", "--rows", "5"))).isEqualTo(2);
    }
}
