package duka.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The stock was compared with the movements that made it.
 *
 * @param products how many were compared
 * @param differences none when the books agree
 */
public record InventoryReconciled(
        UUID reconciliationId, Instant at, int products, List<Difference> differences)
        implements InventoryEvent {

    @Override
    public UUID key() {
        return reconciliationId;
    }

    /** What one product's books say, and what its stock says. */
    public record Difference(UUID productId, Figure figure, long expected, long found) {}

    /** Which of a product's figures is meant. */
    public enum Figure {
        ON_HAND,
        RESERVED
    }
}
