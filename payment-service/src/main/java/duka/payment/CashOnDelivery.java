package duka.payment;

import org.springframework.stereotype.Component;

/** The courier: takes cash at the door, and brings it back. Nobody needs to be asked. */
@Component
class CashOnDelivery implements PaymentProvider {

    static final String NAME = "cash";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Answer ask(Request request, boolean again) {
        return switch (request) {
            case Request.Refund refund -> new Answer.Refunded(refund.refundId());
            case Request.Authorize _, Request.Capture _, Request.Void _ ->
                    throw new IllegalStateException("cash is not asked for by call: " + request);
        };
    }
}
