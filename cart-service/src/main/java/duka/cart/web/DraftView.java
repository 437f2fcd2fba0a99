package duka.cart.web;

import duka.cart.Cart;
import duka.cart.Draft;
import duka.events.PaymentMethod;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param paymentTokenGiven the token itself is shown to nobody
 * @param missing what has yet to be given before this can be confirmed
 */
record DraftView(
        @Nullable UUID cartId,
        @Schema(example = "Moi Avenue 1, Nairobi") @Nullable String shippingAddress,
        @Schema(example = "Moi Avenue 1, Nairobi") @Nullable String billingAddress,
        @Nullable PaymentMethod paymentMethod,
        boolean paymentTokenGiven,
        Set<String> missing,
        @Schema(example = "1167.00") String total,
        @Schema(example = "KES") String currency) {

    static DraftView of(Draft draft, Optional<Cart> cart, Currency currency) {
        var shown = cart.map(open -> CartView.of(open, currency)).orElse(CartView.empty(currency));
        return new DraftView(
                shown.id(),
                draft.shippingAddress(),
                draft.billsTo(),
                draft.paymentMethod(),
                draft.paymentToken() != null,
                draft.missing().keySet(),
                shown.total(),
                shown.currency());
    }
}
