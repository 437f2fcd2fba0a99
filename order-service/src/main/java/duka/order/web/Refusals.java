package duka.order.web;

import static org.springframework.http.HttpStatus.CONFLICT;

import duka.events.Quantity;
import duka.order.OrderStatus;
import duka.web.Refused;
import java.util.List;
import java.util.Map;

/** What several controllers refuse in the same words. */
final class Refusals {

    static Refused notCancellable(OrderStatus status) {
        return conflict(
                "order-not-cancellable",
                "The order is %s and cannot be cancelled as a whole.".formatted(status),
                status);
    }

    static Refused notOpen(OrderStatus status, List<Quantity> open) {
        return new Refused(
                CONFLICT,
                "lines-not-open",
                "Not so much of the order, which is %s, is left.".formatted(status),
                Map.of("order_status", status, "open", open));
    }

    static Refused conflict(String type, String detail, OrderStatus status) {
        return new Refused(CONFLICT, type, detail, Map.of("order_status", status));
    }

    private Refusals() {}
}
