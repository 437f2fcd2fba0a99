package duka.catalog.images;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The names under which pictures are kept. */
final class Keys {

    private static final Pattern OURS =
            Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})-[a-z].*");

    static String of(UUID id, Variant variant) {
        return id + "-" + variant.name().toLowerCase(Locale.ROOT);
    }

    /** Nothing for what is not ours: we never touch it. */
    static Optional<UUID> id(String key) {
        var match = OURS.matcher(key);
        return match.matches() ? Optional.of(UUID.fromString(match.group(1))) : Optional.empty();
    }

    private Keys() {}
}
