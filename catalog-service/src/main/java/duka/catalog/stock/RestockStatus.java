package duka.catalog.stock;

/** How far a {@link RestockOrder} is. */
public enum RestockStatus {
    /** Still being written. */
    DRAFT,
    /** Sent to the supplier. */
    ORDERED,
    /** Some of it has come, more is to come. */
    PARTLY_RECEIVED,
    /** All of it has come. */
    RECEIVED,
    /** What has not come will not come. */
    CANCELLED;

    boolean isFinal() {
        return this == RECEIVED || this == CANCELLED;
    }
}
