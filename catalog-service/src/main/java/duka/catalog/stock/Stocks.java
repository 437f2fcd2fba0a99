package duka.catalog.stock;

import static duka.sql.Rows.array;
import static duka.sql.Rows.uuids;
import static java.util.stream.Collectors.toMap;

import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The stock of all products, and on what terms they are sold. */
@Repository
class Stocks {

    private static final String LOW =
            """
            from stock join products on products.id = stock.product_id
            where level <> 'IN' and active
              and (cast(:vendor as uuid) is null or vendor_id = :vendor)
              and (cast(:level as text) is null or level = :level)
            """;

    private final JdbcClient jdbc;

    Stocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends nobody else changes these. Locked in one order by everyone. */
    Map<UUID, Stock> lock(Collection<UUID> products) {
        return jdbc
                .sql(
                        """
                        select product_id, on_hand, reserved, low_threshold from stock
                        where product_id = any(:products)
                        order by product_id
                        for update
                        """)
                .param("products", uuids(products))
                .query(Stocks::stock)
                .list()
                .stream()
                .collect(toMap(Stock::productId, stock -> stock));
    }

    /**
     * The terms as they are now. Asked after the stock has been locked and not together with it:
     * who waits for a lock sees the row it waited for as it is then, but the rows joined to it as
     * they were before.
     */
    Map<UUID, Offer> offers(Collection<UUID> products) {
        return jdbc
                .sql(
                        """
                        select id, name, vendor_id, unit_price, currency, active from products
                        where id = any(:products)
                        """)
                .param("products", uuids(products))
                .query(
                        (row, _) ->
                                new Offer(
                                        row.getObject("id", UUID.class),
                                        row.getString("name"),
                                        row.getObject("vendor_id", UUID.class),
                                        new Money(
                                                row.getLong("unit_price"),
                                                Currency.getInstance(row.getString("currency"))),
                                        row.getBoolean("active")))
                .list()
                .stream()
                .collect(toMap(Offer::productId, offer -> offer));
    }

    Optional<Stock> find(UUID product) {
        return jdbc.sql(
                        """
                        select product_id, on_hand, reserved, low_threshold from stock
                        where product_id = :product
                        """)
                .param("product", product)
                .query(Stocks::stock)
                .optional();
    }

    void add(Stock stock) {
        jdbc.sql(
                        """
                        insert into stock (product_id, on_hand, reserved, low_threshold)
                        values (:product, :onHand, :reserved, :lowThreshold)
                        """)
                .param("product", stock.productId())
                .param("onHand", stock.onHand())
                .param("reserved", stock.reserved())
                .param("lowThreshold", stock.lowThreshold())
                .update();
    }

    /** Of stock that has been locked. */
    void change(Collection<Stock> changed) {
        if (changed.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update stock
                        set on_hand = now.on_hand,
                            reserved = now.reserved,
                            low_threshold = now.low_threshold
                        from unnest(:products, :onHand, :reserved, :lowThreshold)
                            as now (product_id, on_hand, reserved, low_threshold)
                        where stock.product_id = now.product_id
                        """)
                .param("products", array("uuid", changed, Stock::productId))
                .param("onHand", array("int4", changed, Stock::onHand))
                .param("reserved", array("int4", changed, Stock::reserved))
                .param("lowThreshold", array("int4", changed, Stock::lowThreshold))
                .update();
    }

    long countLow(LowStockFilter filter) {
        return matching(filter, "select count(*) " + LOW).query(Long.class).single();
    }

    List<LowStock> low(LowStockFilter filter, long offset, int limit) {
        return matching(
                        filter,
                        "select product_id, on_hand, reserved, low_threshold, name, slug, sku, vendor_id "
                                + LOW
                                + " order by on_hand - reserved, product_id"
                                + " offset :offset limit :limit")
                .param("offset", offset)
                .param("limit", limit)
                .query(
                        (row, number) ->
                                new LowStock(
                                        stock(row, number),
                                        row.getString("name"),
                                        row.getString("slug"),
                                        row.getString("sku"),
                                        row.getObject("vendor_id", UUID.class)))
                .list();
    }

    private StatementSpec matching(LowStockFilter filter, String sql) {
        return jdbc.sql(sql)
                .param("vendor", filter.vendor())
                .param("level", filter.level() == null ? null : filter.level().name());
    }

    private static Stock stock(ResultSet row, int number) throws SQLException {
        return new Stock(
                row.getObject("product_id", UUID.class),
                row.getInt("on_hand"),
                row.getInt("reserved"),
                row.getInt("low_threshold"));
    }
}
