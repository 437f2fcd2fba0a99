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
 * @param receiptId the delivery that brought it
 * @param reason of an adjustment
 * @param madeBy who, where it was not an order
 */
public record Movement(
        UUID id,
        UUID productId,
        Kind kind,
        int quantity,
        @Nullable UUID orderId,
        @Nullable UUID receiptId,
        @Nullable Reason reason,
        @Nullable String note,
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

    /** Why somebody says that there is more or less on hand than the books say. */
    public enum Reason {
        /** What has been counted is right. */
        COUNTED,
        FOUND,
        /** Stolen, too. */
        LOST,
        DAMAGED,
        EXPIRED,
        /** The books were wrong. */
        CORRECTION,
        /** As the note says. */
        OTHER
    }
}
