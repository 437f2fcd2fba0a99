package duka.system.model;

/** What may happen in a scenario beyond what always may. */
public enum Freedom {
    CUSTOMER_CANCELS,
    STAFF_CANCELS,
    /** Orders leave the house, in one parcel. */
    SHIPPING,
    /** They may also leave unit by unit. */
    PARTIAL_SHIPMENT,
    LINE_CANCELS,
    RETURNS,
    STAFF_REFUNDS,
    PROVIDER_DECLINES,
    /** The provider answers that the customer has to approve. */
    ACTION_REQUIRED,
    CAPTURE_REFUSED,
    REFUND_REFUSED,
    /** A provider's answer may be lost, or come so late that it is asked again meanwhile. */
    LATE_ANSWERS,
    /** A product gets another price. */
    PRICE_MOVES,
    /** The customer begins another cart while one waits for its order. */
    ANOTHER_CART,
    /** The customer confirms a cart again that has come back. */
    CONFIRMS_AGAIN,
    CART_EXPIRES,
    /**
     * Each event leaves the outbox by itself, and the relay may die between Kafka and its commit.
     */
    RELAY_CRASHES,
    /** One record cannot be taken in, and is parked until staff retry it. */
    DEAD_LETTER
}
