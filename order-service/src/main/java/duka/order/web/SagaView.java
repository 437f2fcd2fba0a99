package duka.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import duka.order.Awaited;
import duka.order.Order;
import duka.order.OrderStatus;
import duka.order.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an order's checkout has come.
 *
 * @param since when it took this state
 * @param waiting the same as waits_for, with from whom and since when; only where one order is
 *     asked for
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Waiting> waiting,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TimelineView> timeline) {

    /**
     * @param from which service is to say it
     */
    record Waiting(Awaited what, String from, Instant since) {}

    static SagaView of(Order order) {
        return of(order, null, null);
    }

    static SagaView explained(Order order, List<TimelineEntry> timeline) {
        return of(
                order,
                order.waitsFor().stream()
                        .map(what -> new Waiting(what, from(what), since(what, order, timeline)))
                        .toList(),
                timeline.stream().map(TimelineView::of).toList());
    }

    private static SagaView of(
            Order order, @Nullable List<Waiting> waiting, @Nullable List<TimelineView> timeline) {
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
                waiting,
                timeline);
    }

    private static String from(Awaited what) {
        return switch (what) {
            case STOCK, STOCK_TAKEN, STOCK_RELEASED, STOCK_RETURNED -> "catalog-service";
            case PAYMENT, PAYMENT_CAPTURED, MONEY_BACK, REFUND -> "payment-service";
        };
    }

    /** When the order did what is to be answered. */
    private static Instant since(Awaited what, Order order, List<TimelineEntry> timeline) {
        var cause =
                switch (what) {
                    case STOCK -> "CartCheckedOut";
                    case PAYMENT -> "StockReserved";
                    case STOCK_TAKEN -> "PaymentAuthorized";
                    case PAYMENT_CAPTURED ->
                            order.status() == OrderStatus.DELIVERED
                                    ? "Delivery"
                                    : "PaymentAuthorized";
                    case STOCK_RELEASED, MONEY_BACK -> "";
                    case STOCK_RETURNED, REFUND -> "LinesCancelled";
                };
        return timeline.reversed().stream()
                .filter(entry -> entry.heard().equals(cause))
                .findFirst()
                .map(TimelineEntry::at)
                .orElse(order.since());
    }
}
