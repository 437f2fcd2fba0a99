package duka.payment;

import duka.events.LedgerEvent.Account;
import duka.events.LedgerEvent.Movement;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which entries to list; what is not given does not matter. */
public record LedgerFilter(
        @Nullable Account account,
        @Nullable UUID vendorId,
        @Nullable UUID orderId,
        @Nullable Movement movement,
        @Nullable Instant from,
        @Nullable Instant to) {

    Conditions conditions() {
        return new Conditions()
                .and("account = :account", "account", account)
                .and("vendor_id = :vendor", "vendor", vendorId)
                .and("order_id = :order", "order", orderId)
                .and("movement = :movement", "movement", movement)
                .and("at >= :from", "from", from)
                .and("at < :to", "to", to);
    }
}
