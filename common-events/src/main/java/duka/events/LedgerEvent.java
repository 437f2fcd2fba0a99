package duka.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What payment-service's books say: whom the money belongs to, by double entry. */
public sealed interface LedgerEvent extends Event {

    /** What was captured, refunded or paid out; one of them is told once. */
    UUID postingId();

    @Override
    default UUID key() {
        return postingId();
    }

    /**
     * @param orderId whose money moved; none for a payout
     * @param entries their debits equal their credits
     */
    record MoneyMoved(
            UUID postingId,
            Movement movement,
            @Nullable UUID orderId,
            Instant at,
            List<Entry> entries)
            implements LedgerEvent {}

    /**
     * @param vendorId whose account it is, of a vendor's
     */
    record Entry(Account account, @Nullable UUID vendorId, Side side, Money amount) {}

    enum Movement {
        CAPTURE,
        REFUND,
        PAYOUT
    }

    enum Account {
        /** What providers owe the shop. */
        PROVIDER,
        /** What couriers have taken at the door. */
        CASH,
        /** What the shop owes a vendor. */
        VENDOR,
        /** What the shop itself has earned. */
        SHOP
    }

    enum Side {
        DEBIT,
        CREDIT
    }
}
