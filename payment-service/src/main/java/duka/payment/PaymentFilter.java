package duka.payment;

import duka.events.PaymentMethod;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which payments to list; what is not given does not matter.
 *
 * @param viewerId who lists, if only its own payments are to be seen
 * @param needsStaff whether a refund was refused for good and nobody has settled it
 */
public record PaymentFilter(
        @Nullable UUID viewerId,
        @Nullable UUID customerId,
        @Nullable UUID orderId,
        @Nullable PaymentStatus status,
        @Nullable PaymentMethod method,
        @Nullable String provider,
        @Nullable String reference,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        @Nullable Boolean needsStaff) {

    public static PaymentFilter all() {
        return new PaymentFilter(null, null, null, null, null, null, null, null, null, null);
    }

    private Conditions conditions() {
        return new Conditions()
                .and("customer_id = :viewer", "viewer", viewerId)
                .and("customer_id = :customer", "customer", customerId)
                .and("order_id = :order", "order", orderId)
                .and("status = :status", "status", status)
                .and("method = :method", "method", method)
                .and("provider = :provider", "provider", provider)
                .and("reference = :reference", "reference", reference)
                .and("created_at >= :from", "from", createdFrom)
                .and("created_at < :to", "to", createdTo)
                .and("needs_staff = :staff", "staff", needsStaff);
    }

    String where() {
        return conditions().where();
    }

    Map<String, Object> parameters() {
        return conditions().parameters();
    }
}
