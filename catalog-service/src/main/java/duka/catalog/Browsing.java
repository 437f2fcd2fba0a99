package duka.catalog;

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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What anybody can see of products and categories: each list is one query, never one per line. */
@Service
public class Browsing {

    private static final String LISTING =
            """
            select products.*,
                   on_hand, reserved, low_threshold,
                   categories.name as category_name,
                   categories.slug as category_slug,
                   categories.description as category_description,
                   categories.parent_id
            from products
            join stock on stock.product_id = products.id
            join categories on categories.id = products.category_id
            """;

    /** The same that parts words in the column. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Punct}]+");

    private static final int MOST_WORDS = 10;

    private final JdbcClient jdbc;
    private final Categories categories;

    Browsing(JdbcClient jdbc, Categories categories) {
        this.jdbc = jdbc;
        this.categories = categories;
    }

    public Optional<Listing> product(Ref ref) {
        var id = ref.id();
        return jdbc.sql(
                        LISTING
                                + (id.isPresent()
                                        ? "where products.id = ?"
                                        : "where products.slug = ?"))
                .param(id.isPresent() ? id.get() : ref.text())
                .query(Browsing::listing)
                .optional();
    }

    /**
     * @throws NoSuchCategory if the filter names one that is not there
     */
    public long countProducts(ListingFilter filter) {
        var where = where(filter);
        return jdbc.sql(
                        """
                        select count(*) from products
                        join stock on stock.product_id = products.id
                        """
                                + where.sql())
                .params(where.params())
                .query(Long.class)
                .single();
    }

    /**
     * @param after only what comes after it
     */
    public List<Listing> products(
            ListingFilter filter,
            ListingOrder order,
            @Nullable ListingMark after,
            long offset,
            int limit) {
        var where = where(filter);
        if (after != null) {
            where.and(order.sqlAfter(), "after", after.sqlValue());
            where.params().put("afterId", after.id());
        }
        return jdbc.sql(
                        LISTING
                                + where.sql()
                                + " order by "
                                + order.sql()
                                + " offset :offset limit :limit")
                .params(where.params())
                .param("offset", offset)
                .param("limit", limit)
                .query(Browsing::listing)
                .list();
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
                                select id from below
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
     */
    public Page<Category> categories(String search, Pageable page) {
        return categories.findWith(search, page);
    }

    private Where where(ListingFilter filter) {
        // Spelled out rather than bound, so that the indexes of just these are used.
        var where = new Where(filter.active() ? "products.active" : "not products.active");
        if (filter.categories() != null) {
            where.and(
                    "products.category_id = any(cast(:categories as uuid[]))",
                    "categories",
                    filter.categories().stream().map(UUID::toString).toArray(String[]::new));
        }
        if (filter.minPrice() != null) {
            where.and("products.unit_price >= :minPrice", "minPrice", filter.minPrice());
        }
        if (filter.maxPrice() != null) {
            where.and("products.unit_price <= :maxPrice", "maxPrice", filter.maxPrice());
        }
        if (filter.inStock() != null) {
            where.and("(stock.level <> 'OUT') = :inStock", "inStock", filter.inStock());
        }
        var words = words(filter.search());
        if (!words.isEmpty()) {
            where.and("products.search @@ to_tsquery('simple', :words)", "words", words);
        }
        return where;
    }

    /** All of these words, or longer ones that begin so. */
    private static String words(@Nullable String search) {
        return search == null
                ? ""
                : BETWEEN_WORDS
                        .splitAsStream(search)
                        .filter(word -> !word.isEmpty())
                        .limit(MOST_WORDS)
                        .map("'%s':*"::formatted)
                        .collect(Collectors.joining(" & "));
    }

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
                new Stock(
                        id,
                        row.getInt("on_hand"),
                        row.getInt("reserved"),
                        row.getInt("low_threshold")),
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

    /** Conditions with what they are about, put together as they are needed. */
    private static final class Where {

        private final StringBuilder sql;
        private final Map<String, Object> params = new HashMap<>();

        Where(String condition) {
            sql = new StringBuilder("where ").append(condition);
        }

        void and(String condition, String param, Object value) {
            sql.append(" and ").append(condition);
            params.put(param, value);
        }

        String sql() {
            return sql.toString();
        }

        Map<String, Object> params() {
            return params;
        }
    }
}
