package duka.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which part of which list of products is asked for, in which order.
 *
 * @param after only what comes after it; null for the beginning
 * @param count of the whole list, where that is known
 */
public record ListingQuery(
        ListingFilter filter,
        ListingOrder order,
        @Nullable ListingMark after,
        @Nullable Long count,
        long offset,
        int limit) {

    ListingQuery withCount(long count) {
        return new ListingQuery(filter, order, after, count, offset, limit);
    }
}
