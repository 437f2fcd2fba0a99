package duka.payment;

/** Somebody who can move a customer's money. */
interface PaymentProvider {

    /** How payments name it. */
    String name();

    /**
     * Asks for an operation, and waits for the answer.
     *
     * @param again the provider may have been asked with this key before
     * @throws NoAnswer if the outcome is not known
     */
    Answer ask(Request request, boolean again);
}
