package duka.catalog;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which products somebody wants to see; what is null does not matter.
 *
 * @param categories that they may be in
 * @param minPrice in minor units, of what a customer pays
 * @param search beginnings of words in the name, the sku or the description
 * @param active on sale, or else withdrawn
 */
public record ListingFilter(
        @Nullable List<UUID> categories,
        @Nullable Long minPrice,
        @Nullable Long maxPrice,
        @Nullable String search,
        @Nullable Boolean inStock,
        boolean active) {}
