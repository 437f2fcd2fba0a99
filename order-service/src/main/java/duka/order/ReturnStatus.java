package duka.order;

/** Where the return of an order is in its life. */
public enum ReturnStatus {
    REQUESTED,
    APPROVED,
    REJECTED,
    RECEIVED;

    /** Whether the order may still come back by it. */
    public boolean isOpen() {
        return this == REQUESTED || this == APPROVED;
    }
}
