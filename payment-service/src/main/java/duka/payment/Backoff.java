package duka.payment;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a provider is asked again.
 *
 * @param longest however often it gave no answer
 * @param pending while the customer has not approved: a webhook should come first
 */
record Backoff(Duration longest, Duration pending, RandomGenerator random) {

    private static final Duration FIRST = Duration.ofMillis(250);

    /** Twice as long each time, less up to half by chance, so that not all come back at once. */
    Duration after(int tries) {
        var doubled = FIRST.multipliedBy(1L << Math.clamp(tries - 1, 0, 20));
        var whole = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofMillis((long) (whole.toMillis() * (0.5 + random.nextDouble() / 2)));
    }
}
