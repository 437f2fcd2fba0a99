package duka.payment;

import duka.events.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One side of a movement of money. The debits of a posting equal its credits.
 *
 * @param postingId what the entry belongs to
 * @param vendorId whose account it is, of a vendor's
 */
public record LedgerEntry(
        UUID postingId,
        Account account,
        @Nullable UUID vendorId,
        Side side,
        Money amount,
        UUID paymentId,
        UUID orderId,
        Movement movement,
        Instant at) {

    public enum Account {
        /** What providers owe the shop. */
        PROVIDER,
        /** What couriers have taken at the door. */
        CASH,
        /** What the shop owes a vendor. */
        VENDOR,
        /** What the shop itself has earned. */
        SHOP
    }

    public enum Side {
        DEBIT,
        CREDIT
    }

    public enum Movement {
        CAPTURE,
        REFUND
    }
}
