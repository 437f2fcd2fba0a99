package duka.catalog.web;

import duka.catalog.Listing;
import duka.catalog.images.Picture;
import duka.events.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param originalPrice the price under its other name
 * @param unitPrice what a customer pays for one
 * @param discountAmount how much less than the price that is
 * @param discountPercent 0 without a discount; null where the discount is a price of its own
 * @param stock what there is to sell at this moment
 * @param isActive as its seller wishes
 * @param forSale false also while its vendor is not approved
 * @param image the URL of the first of its images
 */
record ProductView(
        UUID id,
        String name,
        String slug,
        String sku,
        @Nullable String description,
        String price,
        String originalPrice,
        @Nullable String discountPrice,
        @Nullable BigDecimal discountPercent,
        String discountAmount,
        String unitPrice,
        String currency,
        int stock,
        boolean isActive,
        boolean forSale,
        @Nullable UUID vendorId,
        int lowStockThreshold,
        Listing.InCategory category,
        @Nullable String image,
        List<PictureView> images,
        Instant createdAt,
        Instant updatedAt) {

    static ProductView of(Listing listing, @Nullable List<Picture> pictures) {
        var images = PictureView.of(pictures);
        var price = listing.price();
        var discount = listing.discountPrice();
        return new ProductView(
                listing.id(),
                listing.name(),
                listing.slug(),
                listing.sku(),
                listing.description(),
                price.decimal(),
                price.decimal(),
                discount == null ? null : discount.decimal(),
                percent(discount, listing.discountPercent()),
                price.minus(listing.unitPrice()).decimal(),
                listing.unitPrice().decimal(),
                price.currency().getCurrencyCode(),
                listing.stock().available(),
                listing.offered(),
                listing.forSale(),
                listing.vendorId(),
                listing.stock().lowThreshold(),
                listing.category(),
                images.isEmpty() ? null : images.getFirst().url(),
                images,
                listing.createdAt(),
                listing.updatedAt());
    }

    private static @Nullable BigDecimal percent(
            @Nullable Money discount, @Nullable BigDecimal percent) {
        if (discount == null) {
            return BigDecimal.ZERO;
        }
        return percent == null
                ? null
                : new BigDecimal(percent.stripTrailingZeros().toPlainString());
    }
}
