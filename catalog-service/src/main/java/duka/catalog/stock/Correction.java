package duka.catalog.stock;

/** What somebody says about how much is on hand. */
public sealed interface Correction {

    /** So many more than the books say or, when negative, fewer. */
    record By(int units) implements Correction {}

    /** So many have been counted, whatever the books say. */
    record To(int units) implements Correction {}

    /** So many are there to be sold, beside those that are kept for orders. */
    record ToSell(int units) implements Correction {}
}
