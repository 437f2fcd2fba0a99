package duka.catalog;

import duka.events.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What staff want a product to be. Where it may be null, that means: keep what there is, and for a
 * new product: choose.
 *
 * @param description none really means none
 * @param discountPrice none really means none; nothing at all is a price, too
 */
public record ProductDraft(
        String name,
        @Nullable String slug,
        @Nullable String sku,
        @Nullable String description,
        Money price,
        @Nullable Money discountPrice,
        UUID categoryId,
        @Nullable UUID vendorId,
        @Nullable Boolean active,
        @Nullable Integer lowStockThreshold) {}
