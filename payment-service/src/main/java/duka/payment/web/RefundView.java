package duka.payment.web;

import duka.payment.Refund;
import duka.web.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param reason what staff gave as one is for staff to read, customers read that it was the shop
 * @param note why the provider refused it, or how it was settled; for staff only
 */
record RefundView(
        UUID id,
        String amount,
        String currency,
        String reason,
        Refund.Status status,
        @Nullable String note,
        Instant createdAt,
        @Nullable Instant refundedAt) {

    static RefundView of(Refund refund, Caller reader) {
        return new RefundView(
                refund.id(),
                refund.amount().decimal(),
                refund.amount().currency().getCurrencyCode(),
                reader.isStaff() ? refund.reason() : refund.reasonToldToCustomer(),
                refund.status(),
                reader.isStaff() ? refund.note() : null,
                refund.askedAt(),
                refund.doneAt());
    }
}
