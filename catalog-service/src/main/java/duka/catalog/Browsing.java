package duka.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What there is to see of products and categories, as it is at this moment. */
@Service
public class Browsing {

    /** So much is found that nobody misses what is only alike. */
    private static final int ENOUGH = 3;

    private final JdbcClient jdbc;
    private final Listings listings;
    private final Categories categories;
    private final TransactionTemplate transaction;

    Browsing(
            JdbcClient jdbc,
            Listings listings,
            Categories categories,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.listings = listings;
        this.categories = categories;
        this.transaction = transaction;
    }

    public Optional<Listing> product(Ref ref) {
        return listings.find(ref);
    }

    /** A search that finds hardly anything also finds what is spelled alike. */
    public Found products(ListingQuery query) {
        return query.filter().search().isNone()
                ? listings.find(query, new Meaning.Nothing())
                : transaction.execute(_ -> search(query));
    }

    private Found search(ListingQuery query) {
        var search = query.filter().search();
        if (query.after() != null && query.after().forgiving()) {
            return listings.find(query, listings.alike(search));
        }
        var exact = listings.find(query, listings.exact(search));
        return query.after() != null || exact.count() >= ENOUGH
                ? exact
                : listings.find(query, listings.alike(search));
    }

    public Category category(Ref ref) {
        return categories.find(ref).orElseThrow(() -> new NoSuchCategory(ref));
    }

    /** The category and all below it. */
    public List<UUID> below(Ref category) {
        var id = category.id();
        var below =
                jdbc.sql(
                                """
                                with recursive below as (
                                    select id from categories where %s = ?
                                    union
                                    select child.id
                                    from categories child join below on child.parent_id = below.id)
                                select id from below order by id
                                """
                                        .formatted(id.isPresent() ? "id" : "slug"))
                        .param(id.isPresent() ? id.get() : category.text())
                        .query(UUID.class)
                        .list();
        if (below.isEmpty()) {
            throw new NoSuchCategory(category);
        }
        return below;
    }

    /**
     * There are few enough of them to be looked through.
     *
     * @param search part of the name or the description
     * @param active whether they are shown to customers; null for all
     */
    public Page<Category> categories(String search, @Nullable Boolean active, Pageable page) {
        return categories.findWith(
                search, active == null ? Set.of(true, false) : Set.of(active), page);
    }
}
