package duka.cart.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import duka.cart.Draft;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a customer fills in to check out. What is left out stays as it was, also from the checkout
 * before.
 *
 * @param cartId the cart that is meant, if the caller wants to be sure
 * @param billingAddress the shipping address, if there is none
 * @param paymentToken from the payment provider; without one, payment waits for the customer
 * @param acceptChanges whether the cart is taken as it now is
 * @param etag the cart as the customer has seen it; the same as If-Match
 */
record CheckoutForm(
        @Nullable UUID cartId,
        @Schema(example = "Moi Avenue 1, Nairobi")
                @Nullable
                @Size(max = 500)
                @Pattern(regexp = NOT_BLANK, message = "must not be blank")
                String shippingAddress,
        @Schema(example = "Moi Avenue 1, Nairobi")
                @Nullable
                @Size(max = 500)
                @Pattern(regexp = NOT_BLANK, message = "must not be blank")
                String billingAddress,
        @Schema(example = "CARD") @Nullable Method paymentMethod,
        @Nullable
                @Pattern(
                        regexp = "[!-~]{1,200}",
                        message = "must be 1 to 200 visible ASCII characters")
                String paymentToken,
        @Nullable Boolean acceptChanges,
        @Nullable @Size(max = 100) String etag) {

    static final CheckoutForm BLANK = new CheckoutForm(null, null, null, null, null, null, null);

    private static final String NOT_BLANK = "(?s).*\\S.*";

    /** Stands in a form for the token that was given before, which is shown to nobody. */
    private static final String AS_BEFORE = "********";

    /** How the shops before this one spelled it is understood too. */
    enum Method {
        CARD,
        CASH_ON_DELIVERY;

        @JsonCreator
        static Method of(String name) {
            var spelled = name.strip().toUpperCase(Locale.ROOT).replaceAll("[- ]", "_");
            return switch (spelled) {
                case "CREDIT_CARD", "DEBIT_CARD" -> CARD;
                case "COD", "CASH" -> CASH_ON_DELIVERY;
                default -> valueOf(spelled);
            };
        }
    }

    static CheckoutForm of(Draft draft) {
        return new CheckoutForm(
                null,
                draft.shippingAddress(),
                draft.billingAddress(),
                draft.paymentMethod() == null ? null : Method.valueOf(draft.paymentMethod().name()),
                draft.paymentToken() == null ? null : AS_BEFORE,
                null,
                null);
    }

    Draft draft(Draft before, Function<String, Sealed> seal) {
        return new Draft(
                shippingAddress,
                billingAddress,
                paymentMethod == null ? null : PaymentMethod.valueOf(paymentMethod.name()),
                paymentToken == null
                        ? null
                        : paymentToken.equals(AS_BEFORE)
                                ? before.paymentToken()
                                : seal.apply(paymentToken));
    }

    /** Without what is personal or secret, so that it may stand in a log. */
    @Override
    public String toString() {
        return "CheckoutForm[cart %s, %s]".formatted(cartId, paymentMethod);
    }
}
