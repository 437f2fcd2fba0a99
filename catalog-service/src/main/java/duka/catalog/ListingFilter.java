package duka.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which products somebody wants to see; what is null does not matter.
 *
 * @param category and all below it
 * @param minPrice in minor units, of what a customer pays
 * @param search beginnings of words in the name, the sku or the description
 * @param active on sale, or else withdrawn
 */
public record ListingFilter(
        @Nullable Ref category,
        @Nullable Long minPrice,
        @Nullable Long maxPrice,
        @Nullable String search,
        @Nullable Boolean inStock,
        boolean active) {}
