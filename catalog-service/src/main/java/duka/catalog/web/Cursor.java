package duka.catalog.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import duka.catalog.ListingMark;
import duka.catalog.ListingOrder.By;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where to read on in a long list, as callers carry it to and fro without looking inside. An empty
 * one begins.
 */
final class Cursor {

    private static final String FORGIVING = "~";

    /**
     * @return null for the beginning
     */
    static @Nullable ListingMark mark(String cursor, By by) {
        if (cursor.isEmpty()) {
            return null;
        }
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split("\n", 4);
            var mark =
                    new ListingMark(
                            By.valueOf(parts[0]),
                            parts[1].equals(FORGIVING),
                            parts[3],
                            UUID.fromString(parts[2]));
            if (mark.by() == by && parts[3].indexOf('\0') < 0) {
                return mark;
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw notOurs();
        }
        throw notOurs();
    }

    static String of(ListingMark mark) {
        var text =
                String.join(
                        "\n",
                        mark.by().name(),
                        mark.forgiving() ? FORGIVING : "",
                        mark.id().toString(),
                        mark.value());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /**
     * @return null for the beginning
     */
    static @Nullable UUID id(String cursor) {
        try {
            return cursor.isEmpty() ? null : UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    private static RuntimeException notOurs() {
        return Problems.invalid(
                "cursor", "must be one that this list has given, in the same order");
    }

    private Cursor() {}
}
