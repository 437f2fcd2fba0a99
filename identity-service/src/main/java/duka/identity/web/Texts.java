package duka.identity.web;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What texts must look like, and how they are written. */
final class Texts {

    static final String ONE_LINE = "\\P{Cntrl}*";
    static final String ONE_LINE_ONLY = "must be one line";

    /** As people are called: Mary-Jane O'Brien, Ng'ang'a wa Thiong'o, 王小明. */
    static final String NAME = "[\\p{L}\\p{M} '\u2019.-]*";

    static final String NAME_ONLY = "must have letters only";

    static final String PHONE = "\\s*|\\s*\\+[1-9](?:[ ().-]{0,2}[0-9]){6,14}\\s*";
    static final String PHONE_ONLY = "must be an international phone number, like +254700000001";

    private static final Pattern FIRST_LETTERS =
            Pattern.compile("(?<![\\p{L}\\p{M}'\u2019])\\p{Ll}");

    static String given(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Whoever writes a name without any capital has been in a hurry. */
    static String titled(@Nullable String name) {
        var given = given(name).replaceAll("\\s+", " ");
        return given.equals(given.toLowerCase(Locale.ROOT))
                ? FIRST_LETTERS
                        .matcher(given)
                        .replaceAll(letter -> letter.group().toUpperCase(Locale.ROOT))
                : given;
    }

    /** Without what only makes it easier to read. */
    static String phone(@Nullable String number) {
        return given(number).replaceAll("[ ().-]", "");
    }

    private Texts() {}
}
