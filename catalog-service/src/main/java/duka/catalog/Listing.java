package duka.catalog;

import duka.catalog.stock.Stock;
import duka.events.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as it is shown: with its category, and with what there is of it at this moment.
 *
 * @param unitPrice what a customer pays for one
 * @param discountPercent none where the discount is a price of its own
 * @param offered by its seller, who may be a vendor that is not approved
 */
public record Listing(
        UUID id,
        String name,
        String slug,
        String sku,
        @Nullable String description,
        Money price,
        @Nullable Money discountPrice,
        Money unitPrice,
        @Nullable BigDecimal discountPercent,
        Stock stock,
        boolean offered,
        boolean forSale,
        @Nullable UUID vendorId,
        InCategory category,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    Listing with(Stock now) {
        return new Listing(
                id,
                name,
                slug,
                sku,
                description,
                price,
                discountPrice,
                unitPrice,
                discountPercent,
                now,
                offered,
                forSale,
                vendorId,
                category,
                createdAt,
                updatedAt,
                version);
    }

    /** What is shown of the category with it. */
    public record InCategory(
            UUID id,
            String name,
            String slug,
            @Nullable String description,
            @Nullable UUID parentId) {}
}
