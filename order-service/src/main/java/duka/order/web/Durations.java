package duka.order.web;

import duka.web.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Durations that a request names, as long as a shop remembers. */
final class Durations {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** So long ago: {@code 90s}, {@code 5m} or {@code PT5M}. */
    static @Nullable Instant ago(String parameter, @Nullable String duration, Clock clock) {
        return duration == null ? null : clock.instant().minus(parse(parameter, duration));
    }

    private static Duration parse(String parameter, String text) {
        try {
            var duration = DurationStyle.detectAndParse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
            throw Refused.invalid(parameter, "is out of range");
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Refused.invalid(parameter, "must be a duration such as 90s, 5m or PT5M");
        }
    }

    private Durations() {}
}
