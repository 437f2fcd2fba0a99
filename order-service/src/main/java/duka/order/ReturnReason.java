package duka.order;

/** Why customers send orders back. */
public enum ReturnReason {
    DAMAGED,
    DEFECTIVE,
    WRONG_ITEM,
    NOT_AS_DESCRIBED,
    TOO_LATE,
    NOT_WANTED,
    REFUSED_AT_THE_DOOR,
    OTHER
}
