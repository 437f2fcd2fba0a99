package duka.cart;

import static duka.sql.Rows.array;

import duka.events.Money;
import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Cart's copy of what catalog has said about products. */
@Repository
class Products {

    /** What {@link #product} reads, of products {@code p} and stock_levels {@code s}. */
    static final String COLUMNS =
            """
            p.id as product_id, p.revision, p.slug, p.name, p.active,
            p.unit_price as price_now, p.currency as currency_now, s.level, s.low_threshold
            """;

    private final JdbcClient jdbc;

    Products(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Product> find(UUID id) {
        return jdbc.sql(
                        "select "
                                + COLUMNS
                                + """
                                from products p left join stock_levels s on s.product_id = p.id
                                where p.id = ?
                                """)
                .param(id)
                .query((row, _) -> product(row))
                .optional();
    }

    /** An older revision never replaces a newer one. */
    void learn(Collection<Product> products) {
        jdbc.sql(
                        """
                        insert into products (id, revision, slug, name, unit_price, currency, active)
                        select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[],
                            ?::bigint[], ?::text[], ?::boolean[])
                        on conflict (id) do update set
                            revision = excluded.revision, slug = excluded.slug,
                            name = excluded.name, unit_price = excluded.unit_price,
                            currency = excluded.currency, active = excluded.active
                        where excluded.revision > products.revision
                        """)
                .params(
                        array("uuid", products, Product::id),
                        array("int8", products, Product::revision),
                        array("text", products, Product::slug),
                        array("text", products, Product::name),
                        array("int8", products, product -> product.unitPrice().minorUnits()),
                        array(
                                "text",
                                products,
                                product -> product.unitPrice().currency().getCurrencyCode()),
                        array("bool", products, Product::active))
                .update();
    }

    void learnLevels(Collection<StockLevelChanged> levels) {
        jdbc.sql(
                        """
                        insert into stock_levels (product_id, level, low_threshold)
                        select * from unnest(?::uuid[], ?::text[], ?::int[])
                        on conflict (product_id) do update set
                            level = excluded.level, low_threshold = excluded.low_threshold
                        """)
                .params(
                        array("uuid", levels, StockLevelChanged::productId),
                        array("text", levels, level -> level.level().name()),
                        array("int4", levels, StockLevelChanged::lowThreshold))
                .update();
    }

    static Product product(ResultSet row) throws SQLException {
        return product(row, "");
    }

    /**
     * @param prefix of the columns' names, where there are two products in a row
     */
    static Product product(ResultSet row, String prefix) throws SQLException {
        var level = row.getString(prefix + "level");
        return new Product(
                row.getObject(prefix + "product_id", UUID.class),
                row.getLong(prefix + "revision"),
                row.getString(prefix + "slug"),
                row.getString(prefix + "name"),
                new Money(
                        row.getLong(prefix + "price_now"),
                        Currency.getInstance(row.getString(prefix + "currency_now"))),
                row.getBoolean(prefix + "active"),
                level == null ? null : Level.valueOf(level),
                row.getInt(prefix + "low_threshold"));
    }
}
