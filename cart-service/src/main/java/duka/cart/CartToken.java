package duka.cart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a guest shows to be given its cart again: 256 random bits, which nobody can guess. We keep
 * only a hash, from which nobody can go back.
 *
 * @param value to be given to the guest, and to nobody and nothing else
 */
public record CartToken(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    static CartToken mint() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new CartToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * @return nothing if it cannot be one of ours
     */
    public static Optional<CartToken> of(@Nullable String value) {
        return value != null && FORM.matcher(value).matches()
                ? Optional.of(new CartToken(value))
                : Optional.empty();
    }

    /** A UUID of version 8, so that it is no customer's id, which are of other versions. */
    UUID hash() {
        var hash = ByteBuffer.wrap(sha256(value));
        return new UUID(
                hash.getLong() & ~0xF000L | 0x8000L,
                hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
    }

    /** Without what is secret, so that it may stand in a log. */
    @Override
    public String toString() {
        return "CartToken";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
