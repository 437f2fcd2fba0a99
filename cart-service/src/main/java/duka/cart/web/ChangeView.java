package duka.cart.web;

import duka.cart.Cart;
import duka.cart.CartLine;
import duka.cart.Mark;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer should know about a line.
 *
 * @param available how many can be had, where there are too few
 * @param priceWas what one cost before, where that has changed
 * @param unitPrice what one costs now
 * @param acknowledged whether the cart can be confirmed in spite of it
 */
record ChangeView(
        UUID itemId,
        UUID productId,
        @Schema(example = "Purple tea") String name,
        Mark.Why why,
        @Schema(example = "2") @Nullable Integer available,
        @Schema(example = "349.00") @Nullable String priceWas,
        @Schema(example = "389.00") String unitPrice,
        boolean acknowledged) {

    static List<ChangeView> of(Cart cart) {
        return cart.lines().stream().flatMap(line -> of(line).stream()).toList();
    }

    static List<ChangeView> of(CartLine line) {
        return line.changes().stream()
                .map(
                        mark ->
                                new ChangeView(
                                        line.id(),
                                        line.product().id(),
                                        line.product().name(),
                                        mark.why(),
                                        mark.available(),
                                        mark.was() == null ? null : mark.was().decimal(),
                                        line.unitPrice().decimal(),
                                        mark.acknowledged()))
                .toList();
    }
}
