package duka.messaging;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mints the shop's identifiers: UUIDs of version 7, which sort by the time they were minted and
 * tell it.
 */
public final class Uuid7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The last minted millisecond and, in the low 12 bits, how many were minted in it. */
    private static final AtomicLong LAST = new AtomicLong();

    /** How far minting may run ahead of the clock before it believes the clock instead. */
    private static final long AHEAD = 1_000L << 12;

    private Uuid7() {}

    /** Ids minted by one process ascend, unless its clock is set back by more than a second. */
    public static UUID mint(Clock clock) {
        long now = clock.millis() << 12;
        long stamp = LAST.updateAndGet(last -> last < now || last - now > AHEAD ? now : last + 1);
        long high = (stamp >>> 12) << 16 | 0x7000L | (stamp & 0xFFF);
        long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * When the id was minted.
     *
     * @throws IllegalArgumentException if it is of another version
     */
    public static Instant instant(UUID id) {
        if (id.version() != 7) {
            throw new IllegalArgumentException("%s is no UUIDv7".formatted(id));
        }
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
