package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import duka.local.Stalls.Span;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StallsTest {

    @Test
    void the_longest_silence_may_lie_between_two_ends() {
        assertThat(Stalls.longest(ends(9, 2, 8), List.of(span(0, 10)))).isEqualTo(span(2, 8));
    }

    @Test
    void it_may_be_the_first_or_the_last_one() {
        assertThat(Stalls.longest(ends(5, 6), List.of(span(0, 7)))).isEqualTo(span(0, 5));
        assertThat(Stalls.longest(ends(1, 2), List.of(span(0, 7)))).isEqualTo(span(2, 7));
    }

    @Test
    void where_nothing_ends_all_of_it_is_silent() {
        assertThat(Stalls.longest(List.of(), List.of(span(3, 4), span(5, 9))))
                .isEqualTo(span(5, 9));
    }

    @Test
    void only_what_lies_within_a_span_counts() {
        assertThat(Stalls.longest(ends(1, 10), List.of(span(0, 3), span(7, 12))))
                .isEqualTo(span(7, 10));
    }

    @Test
    void where_there_is_no_span_there_is_no_stall() {
        assertThat(Stalls.longest(ends(1, 10), List.of()).length()).isZero();
    }

    private static List<Duration> ends(int... seconds) {
        return IntStream.of(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    private static Span span(int from, int to) {
        return new Span(Duration.ofSeconds(from), Duration.ofSeconds(to));
    }
}
