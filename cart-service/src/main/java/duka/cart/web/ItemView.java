package duka.cart.web;

import duka.cart.CartLine;
import duka.cart.Product;
import duka.events.StockLevelChanged.Level;
import duka.messaging.Uuid7;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param itemQuantity the quantity, and total_amount the line_total, as older clients know them
 * @param unitPrice what one costs now
 * @param stockLevel none while it is not known
 * @param changes why it is back in the cart, and what about it is no longer as it was
 */
record ItemView(
        UUID id,
        UUID productId,
        @Schema(example = "Purple tea") String name,
        @Schema(example = "purple-tea") String slug,
        @Schema(example = "3") int quantity,
        @Schema(example = "389.00") String unitPrice,
        @Schema(example = "1167.00") String lineTotal,
        @Schema(example = "KES") String currency,
        @Nullable Level stockLevel,
        List<ChangeView> changes,
        InItem product,
        @Schema(example = "3") int itemQuantity,
        @Schema(example = "1167.00") String totalAmount,
        Instant createdAt) {

    /** As cart knows it; catalog knows more. */
    record InItem(
            UUID id,
            @Schema(example = "Purple tea") String name,
            @Schema(example = "purple-tea") String slug,
            @Schema(example = "389.00") String unitPrice,
            boolean isActive) {

        static InItem of(Product product) {
            return new InItem(
                    product.id(),
                    product.name(),
                    product.slug(),
                    product.unitPrice().decimal(),
                    product.active());
        }
    }

    static ItemView of(CartLine line) {
        return new ItemView(
                line.id(),
                line.product().id(),
                line.product().name(),
                line.product().slug(),
                line.quantity(),
                line.unitPrice().decimal(),
                line.total().decimal(),
                line.unitPrice().currency().getCurrencyCode(),
                line.product().level(),
                ChangeView.of(line),
                InItem.of(line.product()),
                line.quantity(),
                line.total().decimal(),
                Uuid7.instant(line.id()));
    }
}
