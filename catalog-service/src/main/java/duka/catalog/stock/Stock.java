package duka.catalog.stock;

import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import java.util.UUID;

/**
 * How much there is of one product.
 *
 * @param reserved units on hand that are kept for orders
 * @param lowThreshold the level is LOW at this many available units
 */
public record Stock(UUID productId, int onHand, int reserved, int lowThreshold) {

    /**
     * Nobody can bring more of one product, so that what comes back on top of it is still far from
     * where an int ends.
     */
    public static final int MOST = 1_000_000_000;

    public Stock {
        if (reserved < 0 || onHand < reserved || lowThreshold < 0) {
            throw new IllegalArgumentException(
                    "of product %s %d cannot be on hand with %d reserved and %d being low"
                            .formatted(productId, onHand, reserved, lowThreshold));
        }
    }

    public int available() {
        return onHand - reserved;
    }

    public Level level() {
        if (available() == 0) {
            return Level.OUT;
        }
        return available() <= lowThreshold ? Level.LOW : Level.IN;
    }

    /** After that many more units have come to be on hand, and that many more to be reserved. */
    Stock plus(int onHand, int reserved) {
        return new Stock(
                productId,
                Math.addExact(this.onHand, onHand),
                Math.addExact(this.reserved, reserved),
                lowThreshold);
    }

    Stock withLowThreshold(int units) {
        return new Stock(productId, onHand, reserved, units);
    }

    StockLevelChanged announceLevel() {
        return new StockLevelChanged(productId, level(), available(), lowThreshold);
    }
}
