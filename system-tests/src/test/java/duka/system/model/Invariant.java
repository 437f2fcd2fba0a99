package duka.system.model;

/** What is true of the shop at all times, numbered as in docs/checkout.md. */
enum Invariant {
    STOCK(1, "what is on hand and reserved adds up"),
    SUPPLY(2, "no more is sold than there is"),
    MONEY(3, "money is taken after the pivot only, once, and goes back when it should"),
    ONE_ORDER(4, "one order and one payment for each confirmation"),
    ENDING(5, "everything ends, and then nothing is in between"),
    MATCHING(6, "no reservation or payment without an order in the matching state"),
    LEDGER(7, "debits equal credits, and vendors have what they earned"),
    DELIVERY(8, "all that is said is heard, and nothing that is heard is impossible"),
    PRICE(9, "an order's price is catalog's at reservation");

    private final int number;
    private final String words;

    Invariant(int number, String words) {
        this.number = number;
        this.words = words;
    }

    @Override
    public String toString() {
        return number + ": " + words;
    }
}
