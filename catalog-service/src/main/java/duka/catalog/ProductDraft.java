package duka.catalog;

import duka.events.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What its seller wants a product to be. Where it may be null, that means: keep what there is, and
 * for a new product: choose.
 *
 * @param description none really means none
 * @param discount none really means none
 * @param stock how many there should be to sell
 */
public record ProductDraft(
        String name,
        @Nullable String slug,
        @Nullable String sku,
        @Nullable String description,
        Money price,
        @Nullable Discount discount,
        UUID categoryId,
        @Nullable UUID vendorId,
        @Nullable Boolean offered,
        @Nullable Integer lowStockThreshold,
        @Nullable Integer stock) {

    /** The same, sold by this vendor. */
    ProductDraft of(UUID vendor) {
        return new ProductDraft(
                name,
                slug,
                sku,
                description,
                price,
                discount,
                categoryId,
                vendor,
                offered,
                lowStockThreshold,
                stock);
    }
}
