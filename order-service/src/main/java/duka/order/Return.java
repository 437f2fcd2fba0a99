package duka.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer's wish to send an order back, whole. Staff approve or reject it; once the goods are
 * here it is received, approved or not, and the order is returned.
 *
 * @param comment in the customer's own words, which stay in this service
 * @param refusal why it was rejected
 */
public record Return(
        UUID id,
        OrderId order,
        CustomerId customer,
        ReturnStatus status,
        ReturnReason reason,
        @Nullable String comment,
        @Nullable String refusal,
        Instant createdAt,
        @Nullable Instant decidedAt,
        @Nullable Instant receivedAt) {

    static Return requested(
            UUID id, Order order, ReturnReason reason, @Nullable String comment, Instant now) {
        return new Return(
                id,
                order.id(),
                order.customer(),
                ReturnStatus.REQUESTED,
                reason,
                comment,
                null,
                now,
                null,
                null);
    }

    Return approved(Instant now) {
        return become(ReturnStatus.APPROVED, null, now, null);
    }

    Return rejected(String why, Instant now) {
        return become(ReturnStatus.REJECTED, why, now, null);
    }

    Return received(Instant now) {
        return become(ReturnStatus.RECEIVED, null, decidedAt == null ? now : decidedAt, now);
    }

    private Return become(
            ReturnStatus next, @Nullable String why, Instant decided, @Nullable Instant received) {
        if (!status.isOpen()) {
            throw new IllegalStateException("return %s is %s for good".formatted(id, status));
        }
        return new Return(
                id, order, customer, next, reason, comment, why, createdAt, decided, received);
    }
}
