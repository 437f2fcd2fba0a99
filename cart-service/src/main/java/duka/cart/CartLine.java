package duka.cart;

import duka.events.Money;
import duka.events.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * So many of a product, at the price that the customer has seen. The product beside it is as cart
 * knows it today, so the line can tell what has changed since.
 *
 * @param seenPrice what one costs, as the customer has seen and taken it
 * @param seenRevision the product's revision when its price was taken
 */
public record CartLine(
        UUID id,
        Product product,
        int quantity,
        Money seenPrice,
        long seenRevision,
        @Nullable Mark mark) {

    public static final int MOST_OF_ONE = 1000;

    public CartLine {
        if (quantity < 1 || quantity > MOST_OF_ONE) {
            throw new IllegalArgumentException(
                    "a line has 1 to %d units, not %d".formatted(MOST_OF_ONE, quantity));
        }
    }

    static CartLine of(UUID id, Product product, int quantity) {
        return new CartLine(id, product, quantity, product.unitPrice(), product.revision(), null);
    }

    /** What one costs now, whether or not the customer has acknowledged it. */
    public Money unitPrice() {
        return isRepriced() ? product.unitPrice() : seenPrice;
    }

    /** Nothing for what cannot be bought. */
    public Money total() {
        return isWithdrawn() ? Money.zero(seenPrice.currency()) : unitPrice().times(quantity);
    }

    public boolean isWithdrawn() {
        return !product.active() || (mark != null && mark.why() == Mark.Why.WITHDRAWN);
    }

    /** What the customer should know, the reason why it came back first. */
    public List<Mark> changes() {
        var changes = new ArrayList<Mark>();
        if (mark != null) {
            changes.add(mark);
        }
        if (isWithdrawn() && (mark == null || mark.why() != Mark.Why.WITHDRAWN)) {
            changes.add(new Mark(Mark.Why.WITHDRAWN, null, null, false));
        } else if (isRepriced()) {
            changes.add(new Mark(Mark.Why.PRICE_CHANGED, null, seenPrice, false));
        }
        return List.copyOf(changes);
    }

    boolean isAcknowledged() {
        return changes().stream().allMatch(Mark::acknowledged);
    }

    /** More of the same. What was not yet acknowledged still is not. */
    CartLine plus(int more) {
        return new CartLine(id, product, quantity + more, seenPrice, seenRevision, mark);
    }

    /** So many from now on, at today's price, by a customer who has seen the line as it is. */
    CartLine acknowledged(int quantity) {
        return new CartLine(
                id,
                product,
                quantity,
                unitPrice(),
                Math.max(seenRevision, product.revision()),
                null);
    }

    /** As much of it as can be had, at today's price; nothing if it cannot be had at all. */
    Optional<CartLine> accepted() {
        var available = mark == null || mark.available() == null ? quantity : mark.available();
        return isWithdrawn() || available < 1
                ? Optional.empty()
                : Optional.of(acknowledged(Math.min(quantity, available)));
    }

    /** At the price that was taken, even if the product has since become another or none. */
    CartLine settled() {
        return new CartLine(
                id,
                product.forSale(),
                quantity,
                seenPrice,
                Math.max(seenRevision, product.revision()),
                null);
    }

    CartLine moved(UUID id) {
        return new CartLine(id, product, quantity, seenPrice, seenRevision, mark);
    }

    CartLine marked(Mark mark) {
        return new CartLine(id, product, quantity, seenPrice, seenRevision, mark);
    }

    /**
     * Catalog's refusal is its latest word on the price, also when our copy of the product has yet
     * to hear of it: only a revision newer than the copy's counts after that.
     */
    CartLine refused(Refusal refusal) {
        var price = refusal.unitPrice() == null ? seenPrice : refusal.unitPrice();
        return new CartLine(
                id,
                product,
                quantity,
                price,
                Math.max(seenRevision, product.revision()),
                Mark.of(refusal, seenPrice));
    }

    private boolean isRepriced() {
        return product.revision() > seenRevision && !product.unitPrice().equals(seenPrice);
    }
}
