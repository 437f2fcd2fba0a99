package duka.order;

/** Where an order is in its life. */
public enum OrderStatus {
    PLACED,
    AWAITING_PAYMENT,
    REJECTED,
    CONFIRMED,
    PARTLY_SHIPPED,
    SHIPPED,
    DELIVERED,
    RETURNED,
    CANCELLED;

    /** Whether nothing has been decided yet, so that a deadline runs. */
    public boolean isUndecided() {
        return this == PLACED || this == AWAITING_PAYMENT;
    }

    /** Whether nothing can change it any more. */
    public boolean isFinal() {
        return this == REJECTED || this == RETURNED || this == CANCELLED;
    }

    /** Whether an order's life may end here. */
    public boolean isLast() {
        return isFinal() || this == DELIVERED;
    }
}
