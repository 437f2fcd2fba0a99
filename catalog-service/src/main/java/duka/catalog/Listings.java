package duka.catalog;

import static duka.sql.Rows.array;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.uuids;

import duka.catalog.Listing.InCategory;
import duka.catalog.Meaning.Alike.Form;
import duka.catalog.stock.Stock;
import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Products as they are shown, by the page: each page is one query, never one per line. First only
 * the products of the page are picked, from an index where there is one; then all is read of them.
 */
@Repository
class Listings {

    private static final String ALL_OF_THEM =
            """
            select products.id, products.name, products.slug, sku, products.description,
                   price, discount_price, unit_price, currency, discount_percent,
                   on_hand, reserved, low_threshold,
                   offered, products.active, vendor_id,
                   category_id,
                   categories.name as category_name,
                   categories.slug as category_slug,
                   categories.description as category_description,
                   categories.parent_id,
                   products.created_at, products.updated_at, products.version
            """;

    /** There are few of them, and an index of those. */
    private static final String IS_OUT =
            """
            exists (select 1 from stock
                    where stock.product_id = products.id and stock.level = 'OUT')
            """;

    private static final String EVERYWHERE =
            """
            join stock on stock.product_id = products.id
            join categories on categories.id = products.category_id
            """;

    /** Of more matches, only the newest are weighed against each other. */
    private static final int MOST_WEIGHED = 2_000;

    /** So many matches are sooner put in order than found among all products in that order. */
    private static final int FEW = 20_000;

    /** One letter wrong in a short word is as unlike as this. */
    private static final String LIKE_ENOUGH = "0.4";

    private final JdbcClient jdbc;

    Listings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Listing> find(Ref ref) {
        var id = ref.id();
        return jdbc.sql(
                        ALL_OF_THEM
                                + "from products "
                                + EVERYWHERE
                                + (id.isPresent()
                                        ? "where products.id = ?"
                                        : "where products.slug = ?"))
                .param(id.isPresent() ? id.get() : ref.text())
                .query(Listings::listing)
                .optional();
    }

    /** With what there is of each at this moment. */
    List<Listing> withStock(List<Listing> listings) {
        if (listings.isEmpty()) {
            return listings;
        }
        var stock = new HashMap<UUID, Stock>();
        jdbc.sql(
                        """
                        select product_id as id, on_hand, reserved, low_threshold from stock
                        where product_id = any(?)
                        """)
                .param(array("uuid", listings, Listing::id))
                .query(Listings::stock)
                .list()
                .forEach(it -> stock.put(it.productId(), it));
        return listings.stream().map(it -> it.with(stock.get(it.id()))).toList();
    }

    /**
     * What a search means if there are no errors in it. For the rest of the transaction, plans are
     * made for just these words: what is good for a rare one is not for a common one. How rare they
     * are is looked up, for the planner does not know how many words begin alike.
     */
    Meaning exact(Search search) {
        return jdbc.sql(
                        """
                        select coalesce(cast(query as text), '') as query,
                               (select count(*)
                                from (select 1 from products
                                      where search @@ query limit :few) as matches) as matches,
                               set_config('plan_cache_mode', 'force_custom_plan', true)
                        from (select cast(string_agg('(' || words || ')', ' & ') as tsquery) as query
                              from (select cast(has_beginning(word) as text) as words
                                    from unnest(cast(:words as text[])) as word) as forms
                              where words <> '') as meant
                        """)
                .param("words", search.words().toArray(String[]::new))
                .param("few", FEW)
                .query(
                        (row, _) ->
                                new Meaning.Exact(
                                        query(row.getString("query")),
                                        row.getLong("matches") < FEW))
                .single();
    }

    /**
     * What a search means if there may be errors in it. For the rest of the transaction, words are
     * alike in spite of some, and looked for in the indexes: the planner takes likeness for dearer
     * than it is.
     */
    Meaning alike(Search search) {
        var forms = new ArrayList<Form>();
        for (var word : search.words()) {
            forms.add(
                    jdbc.sql(
                                    """
                                    select folded(:word) as word,
                                           cast(has_any_word(cast(:turned as text[])) as text)
                                               as query,
                                           set_config('plan_cache_mode', 'force_custom_plan', true),
                                           set_config('pg_trgm.word_similarity_threshold',
                                                      :alike, true),
                                           set_config('enable_seqscan', 'off', true)
                                    """)
                            .param("word", word)
                            .param("turned", Search.turned(word).toArray(String[]::new))
                            .param("alike", LIKE_ENOUGH)
                            .query(
                                    (row, _) ->
                                            new Form(
                                                    row.getString("word"),
                                                    query(row.getString("query"))))
                            .single());
        }
        return new Meaning.Alike(forms);
    }

    /** As a value of its own type, so that the database reads it once and not with each row. */
    private static PGobject query(String text) {
        try {
            var query = new PGobject();
            query.setType("tsquery");
            query.setValue(text);
            return query;
        } catch (SQLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Found find(ListingQuery query, Meaning meaning) {
        var where = new Where(query.filter(), meaning);
        boolean ranked = query.order().by() == ListingOrder.By.RELEVANCE;
        if (meaning instanceof Meaning.Alike) {
            where.upTo(MOST_WEIGHED);
        } else if (ranked) {
            where.upToNewest(MOST_WEIGHED);
        }
        var place = ranked ? meaning.relevance() : column(query.order().by());
        var rows = page(query, where, place, ranked);
        var listings = rows.stream().map(Row::listing).toList();
        return new Found(
                listings,
                count(query, where, rows.size()),
                rows.size() < query.limit()
                        ? null
                        : ListingMark.at(
                                rows.getLast().listing(),
                                rows.getLast().relevance(),
                                query.order(),
                                meaning instanceof Meaning.Alike));
    }

    private List<Row> page(ListingQuery query, Where where, String place, boolean ranked) {
        var params = new HashMap<>(where.params());
        var direction = query.order().descending() ? "desc" : "asc";
        var after = "";
        if (query.after() != null) {
            after =
                    "where (%s, products.id) %s (:after, :afterId)"
                            .formatted(place, query.order().descending() ? "<" : ">");
            params.put("after", query.after().sqlValue());
            params.put("afterId", query.after().id());
        }
        params.put("offset", query.offset());
        params.put("limit", query.limit());
        return jdbc.sql(
                        """
                        %1$s, place
                        from (select products.id, %2$s as place
                              from %3$s
                              %4$s
                              order by place %5$s, products.id %5$s
                              offset :offset limit :limit) as picked
                        join products on products.id = picked.id
                        %6$s
                        order by place %5$s, products.id %5$s
                        """
                                .formatted(
                                        ALL_OF_THEM.stripTrailing(),
                                        place,
                                        where.table(),
                                        after,
                                        direction,
                                        EVERYWHERE))
                .params(params)
                .query(
                        (row, number) ->
                                new Row(listing(row, number), ranked ? row.getFloat("place") : 0))
                .list();
    }

    long count(ListingFilter filter) {
        return count(new Where(filter, new Meaning.Nothing()));
    }

    /** A page that is not full is the last, and tells how many there are. */
    private long count(ListingQuery query, Where where, int found) {
        if (query.count() != null) {
            return query.count();
        }
        boolean isLast = found > 0 && found < query.limit() || found == 0 && query.offset() == 0;
        return query.after() == null && isLast ? query.offset() + found : count(where);
    }

    private long count(Where where) {
        return jdbc.sql("select count(*) from " + where.table())
                .params(where.params())
                .query(Long.class)
                .single();
    }

    private static String column(ListingOrder.By by) {
        return switch (by) {
            case CREATED_AT -> "products.created_at";
            case PRICE -> "products.unit_price";
            case NAME -> "products.name";
            case RELEVANCE -> throw new IllegalArgumentException("no column tells the relevance");
        };
    }

    private record Row(Listing listing, float relevance) {}

    private static Listing listing(ResultSet row, int number) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var currency = Currency.getInstance(row.getString("currency"));
        var discount = row.getObject("discount_price", Long.class);
        return new Listing(
                id,
                row.getString("name"),
                row.getString("slug"),
                row.getString("sku"),
                row.getString("description"),
                new Money(row.getLong("price"), currency),
                discount == null ? null : new Money(discount, currency),
                new Money(row.getLong("unit_price"), currency),
                row.getBigDecimal("discount_percent"),
                stock(row, number),
                row.getBoolean("offered"),
                row.getBoolean("active"),
                row.getObject("vendor_id", UUID.class),
                new InCategory(
                        row.getObject("category_id", UUID.class),
                        row.getString("category_name"),
                        row.getString("category_slug"),
                        row.getString("category_description"),
                        row.getObject("parent_id", UUID.class)),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                row.getLong("version"));
    }

    private static Stock stock(ResultSet row, int number) throws SQLException {
        return new Stock(
                row.getObject("id", UUID.class),
                row.getInt("on_hand"),
                row.getInt("reserved"),
                row.getInt("low_threshold"));
    }

    /** Which products a list is made of; another table is only asked where it matters. */
    private static final class Where {

        private final StringBuilder sql = new StringBuilder();
        private final Map<String, Object> params = new HashMap<>();
        private final String fence;
        private String bounds = "";

        Where(ListingFilter filter, Meaning meaning) {
            sql.append(filter.shown().sql());
            and("products.vendor_id = :vendor", "vendor", filter.vendor());
            and("products.unit_price >= :minPrice", "minPrice", filter.minPrice());
            and("products.unit_price <= :maxPrice", "maxPrice", filter.maxPrice());
            if (filter.categories() != null && filter.categories().size() == 1) {
                // Its index has them in order; of several, each part of it is in order for itself.
                and("products.category_id = :category", "category", filter.categories().getFirst());
            } else if (filter.categories() != null) {
                and(
                        "products.category_id = any(:categories)",
                        "categories",
                        uuids(filter.categories()));
            }
            if (filter.inStock() != null) {
                sql.append(filter.inStock() ? " and not " : " and ").append(IS_OUT);
            }
            if (filter.discounted() != null) {
                sql.append(
                        filter.discounted()
                                ? " and products.discount_price < products.price"
                                : " and products.unit_price = products.price");
            }
            sql.append(" and ").append(meaning.condition());
            params.putAll(meaning.params());
            // Keeps the planner from going through all products in the order that is wanted.
            fence = meaning.isRare() ? " offset 0" : "";
        }

        private void and(String condition, String param, @Nullable Object value) {
            if (value != null) {
                sql.append(" and ").append(condition);
                params.put(param, value);
            }
        }

        Where upTo(int most) {
            bounds = " limit " + most;
            return this;
        }

        void upToNewest(int most) {
            bounds = " order by created_at desc, id desc limit " + most;
        }

        /** What follows {@code from}. */
        String table() {
            return """
                   (select products.* from (select products.* from products where %s%s) as products
                    %s) as products
                   """
                    .formatted(sql, fence, bounds);
        }

        Map<String, Object> params() {
            return params;
        }
    }
}
