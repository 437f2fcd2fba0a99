package duka.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import duka.order.Awaited;
import duka.order.Order;
import duka.order.OrderStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an order's checkout has come.
 *
 * @param since when it took this state
 * @param timeline how it came there; only where one order is asked for
 */
record SagaView(
        UUID orderId,
        UUID customerId,
        OrderStatus state,
        @Nullable String reason,
        Instant since,
        @Nullable Instant deadline,
        boolean captured,
        boolean finished,
        Set<Awaited> waitsFor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TimelineView> timeline) {

    static SagaView of(Order order, @Nullable List<TimelineView> timeline) {
        return new SagaView(
                order.id().value(),
                order.customer().value(),
                order.status(),
                order.reason(),
                order.since(),
                order.deadline(),
                order.isCaptured(),
                order.isFinished(),
                order.waitsFor(),
                timeline);
    }
}
