package duka.cart;

/** How far a cart has come. */
public enum CartStatus {
    OPEN,
    CHECKED_OUT,
    CLOSED,
    MERGED,
    EXPIRED;

    boolean isFinal() {
        return this == CLOSED || this == MERGED || this == EXPIRED;
    }
}
