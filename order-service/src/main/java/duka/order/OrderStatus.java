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

    /** Whether an order's life may end here. */
    public boolean isLast() {
        return this == REJECTED || this == DELIVERED || this == RETURNED || this == CANCELLED;
    }
}
