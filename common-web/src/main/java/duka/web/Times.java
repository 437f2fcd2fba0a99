package duka.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times that a request names, as far back and ahead as a shop remembers and plans. */
public final class Times {

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** The same, if it is a time that the database can tell. */
    public static @Nullable Instant checked(String parameter, @Nullable Instant time) {
        if (time != null && (time.isBefore(FIRST) || time.isAfter(LAST))) {
            throw Refused.invalid(parameter, "is out of range");
        }
        return time;
    }

    private Times() {}
}
