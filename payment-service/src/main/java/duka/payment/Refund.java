package duka.payment;

import duka.events.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way back to a customer. It counts against what can still be refunded from the moment
 * it is asked for.
 *
 * @param id also its idempotency key at the provider
 * @param doneAt none while the provider has not said yes
 */
public record Refund(
        UUID id, Money amount, String reason, Instant askedAt, @Nullable Instant doneAt) {

    public boolean isDone() {
        return doneAt != null;
    }

    Refund done(Instant at) {
        return new Refund(id, amount, reason, askedAt, at);
    }
}
