package duka.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the books: something was asked for and this is what became of it. Lines are only ever
 * added; all else is derived from them.
 *
 * @param number counts the lines, from 1
 * @param key the idempotency key of what was asked; none if nobody asked, as when time has passed
 * @param reference the shop's own name for it: its order id
 */
record Entry(
        long number,
        Instant at,
        Kind kind,
        String authorizationId,
        @Nullable String key,
        String reference,
        long amountMinor,
        String currency,
        @Nullable String token,
        @Nullable String reason) {

    enum Kind {
        PENDING,
        AUTHORIZED,
        DECLINED,
        CAPTURED,
        CAPTURE_REFUSED,
        VOIDED,
        VOID_REFUSED,
        REFUNDED,
        REFUND_REFUSED
    }
}
