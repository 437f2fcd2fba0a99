package duka.payment.payout;

import duka.payment.NoAnswer;

/** Somebody who can send money to bank accounts. */
interface PayoutProvider {

    /** How payouts name it. */
    String name();

    /**
     * Pays, once however often it is asked for the same payout, and waits for the answer.
     *
     * @throws NoAnswer if the outcome is not known
     */
    Answer pay(Payout payout, AccountNumber to);

    /** Always definite: not knowing is no answer. */
    sealed interface Answer {

        /**
         * @param reference the provider's own name for it
         */
        record Paid(String reference) implements Answer {}

        /** For good. */
        record Refused(String reason) implements Answer {}
    }
}
