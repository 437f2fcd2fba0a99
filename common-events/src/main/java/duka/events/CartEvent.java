package duka.events;

import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What cart-service says. */
public sealed interface CartEvent extends CheckoutEvent {

    /**
     * Checkout begins here. The cart names the order, so that its customer can follow it from the
     * first answer on.
     *
     * @param lines at the prices that the customer saw
     * @param paymentToken what the payment provider is to charge; sealed for payment-service; none
     *     when the customer will give it later, or pays in cash
     * @param address where to ship and whom to bill; sealed for order-service
     */
    record CartCheckedOut(
            UUID orderId,
            UUID cartId,
            UUID customerId,
            List<Line> lines,
            Currency currency,
            PaymentMethod paymentMethod,
            @Nullable Sealed paymentToken,
            Sealed address)
            implements CartEvent {}

    record Line(UUID productId, int quantity, Money unitPrice) {}
}
