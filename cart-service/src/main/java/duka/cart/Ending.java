package duka.cart;

import duka.events.OrderEvent.CancelReason;
import duka.events.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an order ended for its cart.
 *
 * @param reason why it was cancelled
 * @param why what to tell the customer about the lines; nothing when they were bought
 * @param refused the lines that could not be had
 */
record Ending(
        Checkout.Status status,
        @Nullable String reason,
        Mark.@Nullable Why why,
        List<Refusal> refused) {

    static final Ending CONFIRMED = new Ending(Checkout.Status.CONFIRMED, null, null, List.of());

    static Ending rejected(List<Refusal> refused) {
        return new Ending(Checkout.Status.REJECTED, null, Mark.Why.ORDER_REJECTED, refused);
    }

    static Ending cancelled(CancelReason reason) {
        return new Ending(Checkout.Status.CANCELLED, reason.name(), Mark.Why.of(reason), List.of());
    }
}
