package duka.catalog;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * The lists that everybody sees alike, from the {@link Cache}. What there is of each product is not
 * kept: it is asked for each time. A single product is not either: the database has it sooner.
 */
@Service
public class Showcase {

    private final Browsing browsing;
    private final Listings listings;
    private final Cache cache;

    Showcase(Browsing browsing, Listings listings, Cache cache) {
        this.browsing = browsing;
        this.listings = listings;
        this.cache = cache;
    }

    /** Which products are in stock is asked for each time, too. */
    public Found products(ListingQuery asked) {
        var query = counted(asked);
        if (query.filter().inStock() != null) {
            return browsing.products(query);
        }
        var kept = cache.get(Found.class, query, () -> browsing.products(query));
        return new Found(listings.withStock(kept.listings()), kept.count(), kept.last());
    }

    /**
     * All pages of a list have the same count, in whatever order; and how many are in stock follows
     * from how many are not, for those are few.
     */
    private ListingQuery counted(ListingQuery query) {
        var filter = query.filter();
        if (query.count() != null
                || !filter.search().isNone()
                || Boolean.FALSE.equals(filter.inStock())) {
            return query;
        }
        var all = filter.withStock(null);
        if (filter.inStock() == null) {
            return query.withCount(count(all));
        }
        // What is new since they were counted may be among those that are out of stock.
        return query.withCount(Math.max(0, count(all) - count(all.withStock(false))));
    }

    private long count(ListingFilter filter) {
        return cache.get(Count.class, filter, () -> new Count(listings.count(filter))).products();
    }

    private record Count(long products) {}

    /** The category and all below it. */
    public List<UUID> below(Ref category) {
        return cache.get(Below.class, category, () -> new Below(browsing.below(category)))
                .categories();
    }

    private record Below(List<UUID> categories) {}
}
