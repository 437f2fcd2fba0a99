package duka.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which part of which list of products is asked for, in which order.
 *
 * @param after only what comes after it; null for the beginning
 */
public record ListingQuery(
        ListingFilter filter,
        ListingOrder order,
        @Nullable ListingMark after,
        long offset,
        int limit) {}
