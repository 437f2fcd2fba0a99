package duka.order;

/** What an order may still have to hear before its checkout, or the undoing of it, is finished. */
public enum Awaited {
    /** catalog's answer: reserved or rejected. */
    STOCK,
    /** payment's answer: authorized or declined. */
    PAYMENT,
    STOCK_TAKEN,
    PAYMENT_CAPTURED,
    STOCK_RELEASED,
    STOCK_RETURNED,
    /** That no money is held: voided, declined or all of it refunded. */
    MONEY_BACK,
    /** The refund of cancelled lines. */
    REFUND
}
