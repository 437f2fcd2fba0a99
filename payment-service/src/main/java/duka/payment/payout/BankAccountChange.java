package duka.payment.payout;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody once did to a bank account.
 *
 * @param before bank and masked number; none when it was added
 * @param after bank and masked number; none when it was removed
 */
public record BankAccountChange(
        UUID accountId,
        UUID vendorId,
        UUID actorId,
        Act act,
        @Nullable String before,
        @Nullable String after,
        Instant at) {

    public enum Act {
        ADDED,
        CHANGED,
        REMOVED
    }
}
