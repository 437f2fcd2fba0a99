package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void a_percentile_is_one_of_the_times() {
        long[] hundred = LongStream.rangeClosed(1, 100).toArray();

        assertThat(Times.percentile(hundred, 50)).isEqualTo(50);
        assertThat(Times.percentile(hundred, 99)).isEqualTo(99);
        assertThat(Times.percentile(hundred, 100)).isEqualTo(100);
        assertThat(Times.percentile(new long[] {7}, 1)).isEqualTo(7);
        assertThat(Times.percentile(new long[] {}, 99)).isZero();
    }
}
