package duka.payment.payout;

import duka.payment.Conditions;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which payouts to list; what is not given does not matter.
 *
 * @param viewerId who lists, if only its own payouts are to be seen
 */
public record PayoutFilter(
        @Nullable UUID viewerId,
        @Nullable UUID vendorId,
        Payout.@Nullable Status status,
        @Nullable Instant from,
        @Nullable Instant to) {

    Conditions conditions() {
        return new Conditions()
                .and("vendor_id = :viewer", "viewer", viewerId)
                .and("vendor_id = :vendor", "vendor", vendorId)
                .and("status = :status", "status", status)
                .and("requested_at >= :from", "from", from)
                .and("requested_at < :to", "to", to);
    }
}
