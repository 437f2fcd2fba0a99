package duka.cart.web;

import duka.cart.WishlistItem;
import duka.events.StockLevelChanged.Level;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param unitPrice what one costs now
 * @param isActive whether it is still for sale
 * @param stockLevel none while it is not known
 */
record WishlistView(
        UUID productId,
        @Schema(example = "Purple tea") String name,
        @Schema(example = "purple-tea") String slug,
        @Schema(example = "389.00") String unitPrice,
        @Schema(example = "KES") String currency,
        boolean isActive,
        @Nullable Level stockLevel,
        Instant addedAt) {

    static WishlistView of(WishlistItem item) {
        var product = item.product();
        return new WishlistView(
                product.id(),
                product.name(),
                product.slug(),
                product.unitPrice().decimal(),
                product.unitPrice().currency().getCurrencyCode(),
                product.active(),
                product.level(),
                item.addedAt());
    }
}
