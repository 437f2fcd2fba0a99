package duka.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    @ParameterizedTest
    @CsvSource({
        "5/min, PT1M",
        "10/hour, PT1H",
        "2/s, PT1S",
        "1000/day, PT24H",
    })
    void a_rate_is_spelled_as_it_is_said(String spelled, String per) {
        assertThat(Rate.of(spelled).per()).hasToString(per);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5/minute", "-5/min", "0/min", "5 / min", "99999999/min"})
    void what_is_no_rate_is_not_taken_for_one(String spelled) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.of(spelled));
    }

    @ParameterizedTest
    @CsvSource({
        // rate, tokens, requests left, seconds to the next
        "5/min, 60, 5, 12",
        "5/min, 0, 0, 12",
        "5/min, 11, 0, 1",
        "40/min, 0, 0, 2",
        "40/min, 2, 0, 1",
        "300/min, 299, 299, 1",
        "10/hour, 0, 0, 360",
        "10/hour, 3599, 9, 1",
        "7/min, 0, 0, 9"
    })
    void a_bucket_says_how_many_and_when(String rate, long tokens, long requests, long seconds) {
        var bucket = Bucket.of(Rate.of(rate));

        assertThat(bucket.requests(tokens)).isEqualTo(requests);
        assertThat(bucket.secondsToNext(tokens)).isEqualTo(seconds);
    }

    static Stream<Scope> scopes() {
        return Arrays.stream(Scope.values());
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void each_scope_is_exactly_as_fast_as_it_says(Scope scope) {
        var bucket = Bucket.of(scope.rate());

        assertThat(bucket.requests(bucket.capacity())).isEqualTo(scope.rate().requests());
        assertThat(bucket.perSecond() * scope.rate().per().toSeconds())
                .isEqualTo(bucket.capacity());
    }
}
