package duka.catalog.stock;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Units of a product that came to be on hand, or that left. All movements of a product add up to
 * what is on hand.
 *
 * @param quantity negative for what left
 * @param orderId for whom it was taken or from whom it came back
 * @param madeBy the member of staff, where it was one
 */
public record Movement(
        UUID id,
        UUID productId,
        Kind kind,
        int quantity,
        @Nullable UUID orderId,
        @Nullable String reason,
        @Nullable UUID madeBy,
        Instant madeAt) {

    /** Why units move. */
    public enum Kind {
        /** There when the product was first offered. */
        INITIAL,
        /** Delivered to the shop. */
        RESTOCKED,
        /** Counted, found, lost or broken. */
        ADJUSTED,
        /** Sold. */
        TAKEN,
        /** Sold, and back. */
        RETURNED
    }
}
