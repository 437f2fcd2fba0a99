package duka.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list of products.
 *
 * @param count of the whole list
 * @param last where to read on; none at the end
 */
public record Found(List<Listing> listings, long count, @Nullable ListingMark last) {}
