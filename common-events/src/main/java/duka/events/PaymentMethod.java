package duka.events;

/** How a customer pays. */
public enum PaymentMethod {
    CARD,
    CASH_ON_DELIVERY
}
