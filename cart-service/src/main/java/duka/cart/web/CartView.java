package duka.cart.web;

import duka.cart.Cart;
import duka.cart.CartStatus;
import duka.events.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param id none while there is nothing in the cart
 * @param orderId the order that it has become
 * @param totalAmount the total, as older clients know it
 */
record CartView(
        @Nullable UUID id,
        CartStatus status,
        @Nullable UUID orderId,
        List<ItemView> items,
        @Schema(example = "1167.00") String total,
        @Schema(example = "KES") String currency,
        List<ChangeView> changes,
        @Schema(example = "1167.00") String totalAmount) {

    static CartView of(Cart cart, Currency currency) {
        return new CartView(
                cart.id(),
                cart.status(),
                cart.status() == CartStatus.OPEN ? null : cart.orderId(),
                cart.lines().stream().map(ItemView::of).toList(),
                cart.total(currency).decimal(),
                currency.getCurrencyCode(),
                ChangeView.of(cart),
                cart.total(currency).decimal());
    }

    static CartView empty(Currency currency) {
        return new CartView(
                null,
                CartStatus.OPEN,
                null,
                List.of(),
                Money.zero(currency).decimal(),
                currency.getCurrencyCode(),
                List.of(),
                Money.zero(currency).decimal());
    }
}
