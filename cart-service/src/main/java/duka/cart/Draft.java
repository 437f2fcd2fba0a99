package duka.cart;

import duka.events.PaymentMethod;
import duka.events.Sealed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a customer wants the next order shipped and paid. Addresses and method are remembered for the
 * one after it; a payment token is spent.
 *
 * @param billingAddress where it is not the shipping address
 * @param paymentToken sealed for payment-service: we cannot, and need not, read it
 */
public record Draft(
        @Nullable String shippingAddress,
        @Nullable String billingAddress,
        @Nullable PaymentMethod paymentMethod,
        @Nullable Sealed paymentToken) {

    static final Draft BLANK = new Draft(null, null, null, null);

    /** Cash needs no token. */
    public Draft {
        if (paymentMethod == PaymentMethod.CASH_ON_DELIVERY) {
            paymentToken = null;
        }
    }

    /** As it is after an order has been made of it. */
    Draft spent() {
        return new Draft(shippingAddress, billingAddress, paymentMethod, null);
    }

    public @Nullable String billsTo() {
        return billingAddress == null ? shippingAddress : billingAddress;
    }

    /** What has to be given before an order can be made of it, and what to say of each. */
    public Map<String, List<String>> missing() {
        var missing = new LinkedHashMap<String, List<String>>();
        if (shippingAddress == null) {
            missing.put("shipping_address", List.of("is required"));
        }
        if (paymentMethod == null) {
            missing.put("payment_method", List.of("is required"));
        }
        return missing;
    }

    /** Without what is personal or secret, so that it may stand in a log. */
    @Override
    public String toString() {
        return "Draft[%s, missing %s]".formatted(paymentMethod, missing().keySet());
    }
}
