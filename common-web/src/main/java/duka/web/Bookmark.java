package duka.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody reads on in a long list, and how long it was when they began: reading a list to
 * its end counts it once, not with every page. Callers carry it to and fro as a cursor.
 *
 * @param place as the list itself says it; empty at the beginning
 * @param count none if it is not known yet
 */
public record Bookmark(String place, @Nullable Long count) {

    private static final Pattern COUNTED = Pattern.compile("(.*)\\.(\\d{1,18})", Pattern.DOTALL);

    /** A cursor without a count is as good: they were once given out so. */
    public static Bookmark of(String cursor) {
        var counted = COUNTED.matcher(cursor);
        return counted.matches()
                ? new Bookmark(counted.group(1), Long.parseLong(counted.group(2)))
                : new Bookmark(cursor, null);
    }

    public boolean isAtTheBeginning() {
        return place.isEmpty();
    }

    @Override
    public String toString() {
        return count == null ? place : place + "." + count;
    }
}
