package duka.order.web;

import duka.order.Return;
import duka.order.ReturnReason;
import duka.order.ReturnStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A return as customers and staff see it.
 *
 * @param refusal why it was rejected
 */
record ReturnView(
        UUID id,
        UUID orderId,
        UUID customerId,
        ReturnStatus status,
        ReturnReason reason,
        @Nullable String comment,
        @Nullable String refusal,
        Instant createdAt,
        @Nullable Instant decidedAt,
        @Nullable Instant receivedAt) {

    static ReturnView of(Return wish) {
        return new ReturnView(
                wish.id(),
                wish.order().value(),
                wish.customer().value(),
                wish.status(),
                wish.reason(),
                wish.comment(),
                wish.refusal(),
                wish.createdAt(),
                wish.decidedAt(),
                wish.receivedAt());
    }
}
