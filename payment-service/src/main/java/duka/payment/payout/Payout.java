package duka.payment.payout;

import duka.events.Money;
import duka.events.Sealed;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way to a vendor. It is REQUESTED when the vendor's balance is reserved for it, and
 * becomes PAID or, if the provider refuses for good, FAILED; then the balance is there for the next
 * one.
 *
 * @param id also its idempotency key at the provider
 * @param bank where to; a copy, so that a changed account changes no payout under way
 * @param reference the provider's name for it
 * @param reason why it failed
 */
public record Payout(
        UUID id,
        UUID vendorId,
        Money amount,
        String provider,
        Bank bank,
        Sealed number,
        String lastFour,
        Status status,
        @Nullable String reference,
        @Nullable String reason,
        int tries,
        Instant requestedAt,
        @Nullable Instant endedAt) {

    public enum Status {
        REQUESTED,
        PAID,
        FAILED
    }

    public String maskedNumber() {
        return AccountNumber.masked(lastFour);
    }
}
