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

    @Override
    public String toString() {
        return status + (unwanted ? " (unwanted)" : "");
    }
}
