package duka.order;

import duka.events.Money;
import duka.events.Quantity;
import duka.events.Refusal;
import duka.events.ReservationEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * So many of one product in an order, and what has become of them.
 *
 * @param name as catalog called it when it reserved the stock; unknown before
 * @param vendorId none for what the shop itself sells
 * @param unitPrice what the customer agreed to, and catalog with it when it reserved the stock
 * @param refused what made catalog refuse the line
 */
public record OrderLine(
        UUID productId,
        @Nullable String name,
        @Nullable UUID vendorId,
        int quantity,
        Money unitPrice,
        Refusal.@Nullable Why refused,
        int shipped,
        int delivered,
        int cancelled) {

    public OrderLine {
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "an order line needs a quantity of at least 1, not " + quantity);
        }
        if (unitPrice.minorUnits() < 0) {
            throw new IllegalArgumentException("an order line cannot cost " + unitPrice);
        }
        if (delivered > shipped || shipped + cancelled > quantity) {
            throw new IllegalArgumentException(
                    "of %d units %d cannot be shipped, %d delivered and %d cancelled"
                            .formatted(quantity, shipped, delivered, cancelled));
        }
    }

    OrderLine(UUID productId, int quantity, Money unitPrice) {
        this(productId, null, null, quantity, unitPrice, null, 0, 0, 0);
    }

    public Money total() {
        return unitPrice.times(quantity);
    }

    /** What can still be shipped or cancelled. */
    public int open() {
        return quantity - shipped - cancelled;
    }

    Quantity bought() {
        return new Quantity(productId, quantity);
    }

    OrderLine reserved(ReservationEvent.Line as) {
        return new OrderLine(
                productId,
                as.name(),
                as.vendorId(),
                quantity,
                as.unitPrice(),
                refused,
                shipped,
                delivered,
                cancelled);
    }

    OrderLine refused(Refusal.Why why) {
        return new OrderLine(
                productId, name, vendorId, quantity, unitPrice, why, shipped, delivered, cancelled);
    }

    OrderLine moved(int moreShipped, int moreDelivered, int moreCancelled) {
        return new OrderLine(
                productId,
                name,
                vendorId,
                quantity,
                unitPrice,
                refused,
                shipped + moreShipped,
                delivered + moreDelivered,
                cancelled + moreCancelled);
    }
}
