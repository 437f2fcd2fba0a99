package duka.payment;

import duka.events.LedgerEvent.Entry;
import duka.events.LedgerEvent.Movement;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger: one side of a movement of money.
 *
 * @param postingId what the entry belongs to: the id of a payment, a refund or a payout
 * @param paymentId none for a payout
 */
public record LedgerEntry(
        UUID postingId,
        Movement movement,
        @Nullable UUID paymentId,
        @Nullable UUID orderId,
        Instant at,
        Entry entry) {}
