package duka.payment;

import duka.events.PaymentMethod;

/**
 * What {@link CheckoutSaga} decides by.
 *
 * @param unwanted the order was cancelled while the provider was being asked: finish asking, then
 *     undo
 */
record PaymentAt(PaymentStatus status, boolean unwanted, PaymentMethod method) {

    PaymentAt now(PaymentStatus next) {
        return new PaymentAt(next, unwanted, method);
    }

    PaymentAt nowUnwanted() {
        return new PaymentAt(status, true, method);
    }

    boolean isCash() {
        return switch (method) {
            case CASH_ON_DELIVERY -> true;
            case CARD -> false;
        };
    }

    @Override
    public String toString() {
        return status + (unwanted ? " (unwanted)" : "");
    }
}
