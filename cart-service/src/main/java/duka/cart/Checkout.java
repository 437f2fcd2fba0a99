package duka.cart;

import duka.events.Money;
import duka.events.PaymentMethod;
import duka.events.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One confirmation of a cart, and how its order was decided. It stays when the cart comes back and
 * is confirmed again under another order id.
 *
 * @param reason why it came to nothing
 * @param refused the lines that could not be had
 */
public record Checkout(
        UUID orderId,
        UUID cartId,
        UUID customerId,
        Status status,
        @Nullable String reason,
        List<Line> lines,
        List<Refusal> refused,
        Money total,
        PaymentMethod paymentMethod,
        Instant confirmedAt,
        @Nullable Instant decidedAt) {

    /** Whether there will be an order. */
    public enum Status {
        PENDING,
        CONFIRMED,
        REJECTED,
        CANCELLED
    }

    /** What was bought, under the name it then had. */
    public record Line(UUID productId, String name, int quantity, Money unitPrice) {

        public Money total() {
            return unitPrice.times(quantity);
        }
    }

    static Checkout of(Cart cart, UUID orderId, PaymentMethod method, Instant now) {
        var lines =
                cart.lines().stream()
                        .map(
                                line ->
                                        new Line(
                                                line.product().id(),
                                                line.product().name(),
                                                line.quantity(),
                                                line.seenPrice()))
                        .toList();
        return new Checkout(
                orderId,
                cart.id(),
                cart.customerId(),
                Status.PENDING,
                null,
                lines,
                List.of(),
                lines.stream().map(Line::total).reduce(Money::plus).orElseThrow(),
                method,
                now,
                null);
    }
}
