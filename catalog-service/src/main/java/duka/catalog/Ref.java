package duka.catalog;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How a caller names a product or a category: by its id or by its slug, which never looks like one.
 */
public record Ref(String text) {

    private static final Pattern ID =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    public static Ref to(UUID id) {
        return new Ref(id.toString());
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    Optional<UUID> id() {
        return isId(text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
