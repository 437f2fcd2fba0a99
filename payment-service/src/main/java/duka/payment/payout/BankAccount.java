package duka.payment.payout;

import duka.events.Sealed;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor's money goes. A vendor has one; whenever it changes, payouts pause for a while.
 *
 * @param holder whose name it is in
 * @param pausedUntil none if it was never changed
 */
public record BankAccount(
        UUID id,
        UUID vendorId,
        Bank bank,
        Sealed number,
        String lastFour,
        @Nullable String holder,
        @Nullable Instant pausedUntil,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public String maskedNumber() {
        return AccountNumber.masked(lastFour);
    }

    public boolean isPaused(Instant now) {
        return pausedUntil != null && pausedUntil.isAfter(now);
    }

    BankAccount changed(
            Bank bank,
            Sealed number,
            String lastFour,
            @Nullable String holder,
            @Nullable Instant pausedUntil,
            Instant now) {
        return new BankAccount(
                id,
                vendorId,
                bank,
                number,
                lastFour,
                holder,
                pausedUntil,
                createdAt,
                now,
                version + 1);
    }
}
