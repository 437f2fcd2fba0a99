package duka.catalog;

import static java.util.stream.Collectors.joining;

import duka.catalog.Listing.InCategory;
import duka.catalog.stock.Stock;
import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

    private static final String EVERYWHERE =
            """
            join stock on stock.product_id = products.id
            join categories on categories.id = products.category_id
            """;

    /** With fewer, a search forgives. */
    private static final int ENOUGH = 3;

    /** One letter wrong in a short word is as unlike as this. */
    private static final String LIKE_ENOUGH = "0.4";

    private static final String ANY_FORM = "has_any_word(cast(:turned%1$d as text[]))";

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

    /** Whether an exact search will do. */
    boolean areEnough(ListingFilter filter) {
        var where = new Where(filter, false);
        return jdbc.sql(
                                "select count(*) from (select 1 %s limit %d) as found"
                                        .formatted(where.sql(), ENOUGH))
                        .params(where.params())
                        .query(Integer.class)
                        .single()
                == ENOUGH;
    }

    /** For the rest of the transaction, words are alike in spite of some errors. */
    void forgive() {
        jdbc.sql("select set_config('pg_trgm.word_similarity_threshold', ?, true)")
                .param(LIKE_ENOUGH)
                .query((_, _) -> true)
                .single();
    }

    Found find(ListingQuery query, boolean forgiving) {
        var where = new Where(query.filter(), forgiving);
        var order = query.order();
        var rows = page(query, where, forgiving);
        var listings = rows.stream().map(Row::listing).toList();
        return new Found(
                listings,
                count(query, where, rows.size()),
                rows.size() < query.limit()
                        ? null
                        : ListingMark.at(
                                rows.getLast().listing(),
                                rows.getLast().relevance(),
                                order,
                                forgiving));
    }

    private List<Row> page(ListingQuery query, Where all, boolean forgiving) {
        var order = query.order();
        boolean ranked = order.by() == ListingOrder.By.RELEVANCE;
        var place = ranked ? relevance(query.filter().search(), forgiving) : column(order.by());
        var direction = order.descending() ? "desc" : "asc";
        var params = new HashMap<>(all.params());
        var after = "";
        if (query.after() != null) {
            after =
                    " and (%s, products.id) %s (:after, :afterId)"
                            .formatted(place, order.descending() ? "<" : ">");
            params.put("after", query.after().sqlValue());
            params.put("afterId", query.after().id());
        }
        params.put("offset", query.offset());
        params.put("limit", query.limit());
        var picked =
                """
                select products.id, %1$s as place %2$s
                order by place %3$s, products.id %3$s offset :offset limit :limit
                """
                        .formatted(place, all.sql() + after, direction);
        return jdbc.sql(
                        """
                        %1$s, place
                        from (%2$s) as picked
                        join products on products.id = picked.id
                        %3$s
                        order by place %4$s, products.id %4$s
                        """
                                .formatted(
                                        ALL_OF_THEM.stripTrailing(), picked, EVERYWHERE, direction))
                .params(params)
                .query(
                        (row, number) ->
                                new Row(listing(row, number), ranked ? row.getFloat("place") : 0))
                .list();
    }

    /** A page that is not full is the last, and tells how many there are. */
    private long count(ListingQuery query, Where where, int found) {
        boolean isLast = found > 0 && found < query.limit() || found == 0 && query.offset() == 0;
        return query.after() == null && isLast
                ? query.offset() + found
                : jdbc.sql("select count(*) " + where.sql())
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

    /** What is in the name counts most, then the sku. */
    private static String relevance(Search search, boolean forgiving) {
        int words = search.words().size();
        var exact =
                "ts_rank('{0, 0.1, 0.4, 1}', products.search, %s)"
                        .formatted(
                                forgiving
                                        ? each(words, ANY_FORM, " || ")
                                        : each(words, "has_word(:word%d)", " && "));
        return forgiving
                ? "cast(%s + (%s) / %d as real)"
                        .formatted(
                                exact,
                                each(
                                        words,
                                        "word_similarity(folded(:word%d), products.folded_name)",
                                        " + "),
                                words)
                : exact;
    }

    private static String each(int words, String sql, String joint) {
        return IntStream.range(0, words).mapToObj(sql::formatted).collect(joining(joint));
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
                new Stock(
                        id,
                        row.getInt("on_hand"),
                        row.getInt("reserved"),
                        row.getInt("low_threshold")),
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

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** From what and under which conditions; another table is only asked where it matters. */
    private static final class Where {

        private final StringBuilder sql = new StringBuilder("from products");
        private final Map<String, Object> params = new HashMap<>();

        Where(ListingFilter filter, boolean forgiving) {
            if (filter.inStock() != null) {
                sql.append(" join stock on stock.product_id = products.id");
            }
            sql.append(" where ").append(filter.shown().sql());
            and("products.vendor_id = :vendor", "vendor", filter.vendor());
            and("products.unit_price >= :minPrice", "minPrice", filter.minPrice());
            and("products.unit_price <= :maxPrice", "maxPrice", filter.maxPrice());
            and("(stock.level <> 'OUT') = :inStock", "inStock", filter.inStock());
            if (filter.categories() != null) {
                and(
                        "products.category_id = any(cast(:categories as uuid[]))",
                        "categories",
                        filter.categories().stream().map(UUID::toString).toArray(String[]::new));
            }
            if (filter.discounted() != null) {
                sql.append(
                        filter.discounted()
                                ? " and products.discount_price < products.price"
                                : " and products.unit_price = products.price");
            }
            search(filter.search(), forgiving);
        }

        private void search(Search search, boolean forgiving) {
            int words = search.words().size();
            if (words == 0) {
                return;
            }
            for (int i = 0; i < words; i++) {
                var word = search.words().get(i);
                params.put("word" + i, word);
                if (forgiving) {
                    params.put("turned" + i, Search.turned(word).toArray(String[]::new));
                }
            }
            sql.append(" and ")
                    .append(
                            forgiving
                                    ? each(
                                            words,
                                            "(products.search @@ "
                                                    + ANY_FORM
                                                    + " or products.folded_name %%> folded(:word%1$d))",
                                            " and ")
                                    : "products.search @@ (%s)"
                                            .formatted(each(words, "has_word(:word%d)", " && ")));
        }

        private void and(String condition, String param, @Nullable Object value) {
            if (value != null) {
                sql.append(" and ").append(condition);
                params.put(param, value);
            }
        }

        String sql() {
            return sql.toString();
        }

        Map<String, Object> params() {
            return params;
        }
    }
}
