package duka.catalog;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which products somebody wants to see; what is null does not matter.
 *
 * @param categories that they may be in
 * @param minPrice in minor units, of what a customer pays
 * @param search none, or words in any form
 */
public record ListingFilter(
        Shown shown,
        @Nullable List<UUID> categories,
        @Nullable Long minPrice,
        @Nullable Long maxPrice,
        Search search,
        @Nullable UUID vendor,
        @Nullable Boolean inStock,
        @Nullable Boolean discounted) {

    ListingFilter withStock(@Nullable Boolean inStock) {
        return new ListingFilter(
                shown, categories, minPrice, maxPrice, search, vendor, inStock, discounted);
    }

    /** Whether they are on sale; spelled out in SQL, so that the indexes of just these are used. */
    public enum Shown {
        FOR_SALE("products.active"),
        OFFERED("products.offered"),
        WITHDRAWN("not products.offered"),
        ALL("true");

        private final String condition;

        Shown(String condition) {
            this.condition = condition;
        }

        String sql() {
            return condition;
        }
    }
}
