package duka.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A product is low and nobody has done anything about it for long.
 *
 * @param available units on hand and not reserved, at that moment
 * @param quietSince when its stock last moved
 */
public record StockCritical(UUID productId, int available, int lowThreshold, Instant quietSince)
        implements InventoryEvent {

    @Override
    public UUID key() {
        return productId;
    }
}
