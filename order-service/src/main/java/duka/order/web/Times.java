package duka.order.web;

import duka.web.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;

/** Times that a request names, as far back and ahead as a shop remembers and plans. */
final class Times {

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** The same, if it is a time that the database can tell. */
    static @Nullable Instant checked(String parameter, @Nullable Instant time) {
        if (time != null && (time.isBefore(FIRST) || time.isAfter(LAST))) {
            throw invalid(parameter + " is out of range.");
        }
        return time;
    }

    /** So long ago: {@code 90s}, {@code 5m} or {@code PT5M}. */
    static @Nullable Instant ago(String parameter, @Nullable String duration, Clock clock) {
        return duration == null ? null : clock.instant().minus(duration(parameter, duration));
    }

    private static Duration duration(String parameter, String text) {
        try {
            var duration = DurationStyle.detectAndParse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
            throw invalid(parameter + " is out of range.");
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw invalid(parameter + " is a duration such as 90s, 5m or PT5M.");
        }
    }

    private static Refused invalid(String detail) {
        return new Refused(HttpStatus.BAD_REQUEST, "invalid-request", detail);
    }

    private Times() {}
}
