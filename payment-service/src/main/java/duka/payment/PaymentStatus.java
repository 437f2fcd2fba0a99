package duka.payment;

/** How far a payment has come. A status in -ING has an operation at the provider under way. */
public enum PaymentStatus {
    AUTHORIZING,
    PENDING,
    AUTHORIZED,
    CAPTURING,
    CAPTURED,
    VOIDING,
    VOIDED,
    REFUNDING,
    REFUNDED,
    DECLINED,
    CAPTURE_REFUSED;

    boolean isFinal() {
        return this == VOIDED || this == REFUNDED || this == DECLINED;
    }
}
