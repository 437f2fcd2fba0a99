package duka.order;

import duka.messaging.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Names an order; minted by the cart that was checked out. */
public record OrderId(UUID value) {

    /** How long a checkout may take to be heard of. */
    private static final Duration HEARING = Duration.ofMinutes(1);

    public static OrderId of(String text) {
        return new OrderId(UUID.fromString(text));
    }

    /** Whether it is so young that an order of this name may be on its way. */
    public boolean mayStillCome(Instant now) {
        return value.version() == 7
                && Duration.between(Uuid7.instant(value), now).abs().compareTo(HEARING) < 0;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
