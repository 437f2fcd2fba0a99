package duka.events;

import java.util.UUID;

/**
 * A product came in, ran low or went out. Said only when the level changes, not with every sale.
 *
 * @param available units on hand and not reserved, at that moment
 * @param lowThreshold LOW begins at this many available units
 */
public record StockLevelChanged(UUID productId, Level level, int available, int lowThreshold)
        implements InventoryEvent {

    @Override
    public UUID key() {
        return productId;
    }

    /** How much there is to sell. */
    public enum Level {
        IN,
        LOW,
        OUT
    }
}
