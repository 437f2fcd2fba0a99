package duka.system.model;

/** A bug planted into the shop, and the invariant that must catch it. */
public enum Mutant {
    /** The shop as it is. */
    NONE(null),
    /** A record that is delivered again takes effect again. */
    INBOX_OFF(Invariant.MONEY),
    /** The relay takes an event from the outbox before Kafka has it, and dies. */
    OUTBOX_DELETED_BEFORE_KAFKA_HAS_IT(Invariant.DELIVERY),
    /** A cancelled order that hears of its authorization is confirmed after all. */
    FINAL_STATES_NOT_FINAL(Invariant.MATCHING),
    /** What is authorized after the order was cancelled stays so. */
    LATE_AUTHORIZATION_NOT_VOIDED(Invariant.MONEY),
    /** The provider may be capturing just now. */
    CANCEL_DURING_CAPTURE_VOIDS_AT_ONCE(Invariant.ENDING),
    STOCK_RELEASED_TWICE(Invariant.STOCK),
    /** Later records of the same key are taken in before the one that waits. */
    DEAD_LETTER_PARKED_WITHOUT_ITS_KEY(Invariant.MONEY),
    /** Instead of its own id: the provider takes the second refund for the first. */
    REFUND_KEYED_BY_ORDER_AND_OPERATION(Invariant.MONEY),
    CAPTURE_BEFORE_CONFIRM(Invariant.MONEY);

    private final Invariant caughtBy;

    Mutant(Invariant caughtBy) {
        this.caughtBy = caughtBy;
    }

    Invariant caughtBy() {
        return caughtBy;
    }
}
