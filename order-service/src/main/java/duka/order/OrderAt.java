package duka.order;

import duka.events.OrderEvent.CancelReason;
import duka.events.PaymentMethod;
import org.jspecify.annotations.Nullable;

/**
 * All of an order that {@link CheckoutSaga} needs to decide what comes next.
 *
 * @param captured whether the money has been taken
 * @param whole whether no line has been shipped or cancelled yet
 * @param because why it was cancelled
 */
record OrderAt(
        OrderStatus status,
        PaymentMethod method,
        boolean captured,
        boolean whole,
        @Nullable CancelReason because) {

    OrderAt to(OrderStatus next) {
        return new OrderAt(next, method, captured, whole, because);
    }

    OrderAt cancelled(CancelReason reason) {
        return new OrderAt(OrderStatus.CANCELLED, method, captured, whole, reason);
    }

    OrderAt paid() {
        return new OrderAt(status, method, true, whole, because);
    }

    OrderAt divided() {
        return new OrderAt(status, method, captured, false, because);
    }

    /** Cash is taken at the door; everything else before the goods leave the house. */
    boolean mayShip() {
        return captured || method == PaymentMethod.CASH_ON_DELIVERY;
    }
}
