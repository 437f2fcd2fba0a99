package duka.payment.web;

import duka.payment.Refund;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param note why the provider refused it, or how it was settled
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

    static RefundView of(Refund refund) {
        return new RefundView(
                refund.id(),
                refund.amount().decimal(),
                refund.amount().currency().getCurrencyCode(),
                refund.reason(),
                refund.status(),
                refund.note(),
                refund.askedAt(),
                refund.doneAt());
    }
}
