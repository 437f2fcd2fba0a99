package duka.cart;

import static duka.cart.Sql.column;

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

    /**
     * @param inCart how many of it the customer has in the cart already
     */
    record Wanted(Product product, int inCart) {}

    private final JdbcClient jdbc;

    Products(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Wanted> wanted(UUID productId, UUID customerId) {
        return jdbc.sql(
                        """
                        select p.*, s.level, s.low_threshold,
                               (select l.quantity
                                from carts c join cart_lines l on l.cart_id = c.id
                                where c.customer_id = ? and c.status = 'OPEN'
                                  and l.product_id = p.id) as in_cart
                        from products p left join stock_levels s on s.product_id = p.id
                        where p.id = ?
                        """)
                .params(customerId, productId)
                .query(
                        (row, _) ->
                                new Wanted(
                                        product(row, "id", "unit_price", "currency"),
                                        row.getInt("in_cart")))
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
                        column("uuid", products, Product::id),
                        column("int8", products, Product::revision),
                        column("text", products, Product::slug),
                        column("text", products, Product::name),
                        column("int8", products, product -> product.unitPrice().minorUnits()),
                        column(
                                "text",
                                products,
                                product -> product.unitPrice().currency().getCurrencyCode()),
                        column("bool", products, Product::active))
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
                        column("uuid", levels, StockLevelChanged::productId),
                        column("text", levels, level -> level.level().name()),
                        column("int4", levels, StockLevelChanged::lowThreshold))
                .update();
    }

    static Product product(ResultSet row, String id, String price, String currency)
            throws SQLException {
        var level = row.getString("level");
        return new Product(
                row.getObject(id, UUID.class),
                row.getLong("revision"),
                row.getString("slug"),
                row.getString("name"),
                new Money(row.getLong(price), Currency.getInstance(row.getString(currency))),
                row.getBoolean("active"),
                level == null ? null : Level.valueOf(level),
                row.getInt("low_threshold"));
    }
}
