package duka.catalog.web;

import duka.catalog.Listing;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param unitPrice what a customer pays for one
 * @param stock what there is to sell at this moment
 */
record ProductView(
        UUID id,
        String name,
        String slug,
        String sku,
        @Nullable String description,
        String price,
        @Nullable String discountPrice,
        String unitPrice,
        String currency,
        int stock,
        boolean isActive,
        @Nullable UUID vendorId,
        int lowStockThreshold,
        Listing.InCategory category,
        Instant createdAt,
        Instant updatedAt) {

    static ProductView of(Listing listing) {
        var discount = listing.discountPrice();
        return new ProductView(
                listing.id(),
                listing.name(),
                listing.slug(),
                listing.sku(),
                listing.description(),
                listing.price().decimal(),
                discount == null ? null : discount.decimal(),
                listing.unitPrice().decimal(),
                listing.price().currency().getCurrencyCode(),
                listing.stock().available(),
                listing.active(),
                listing.vendorId(),
                listing.stock().lowThreshold(),
                listing.category(),
                listing.createdAt(),
                listing.updatedAt());
    }
}
