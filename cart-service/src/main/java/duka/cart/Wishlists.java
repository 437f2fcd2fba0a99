package duka.cart;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;

import duka.messaging.Uuid7;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All wishlists. */
@Repository
class Wishlists {

    private static final String ITEMS =
            "select "
                    + Products.COLUMNS
                    + """
                    , w.added_at
                    from wishes w
                    join products p on p.id = w.product_id
                    left join stock_levels s on s.product_id = w.product_id
                    """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Wishlists(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Until the transaction ends, nobody else adds to this customer's. */
    void lock(UUID customerId) {
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended('wishlist ' || ?, 0))")
                .param(customerId.toString())
                .query(Integer.class)
                .single();
    }

    Optional<WishlistItem> find(UUID customerId, UUID productId) {
        return jdbc.sql(ITEMS + "where w.customer_id = ? and w.product_id = ?")
                .params(customerId, productId)
                .query((row, _) -> item(row))
                .optional();
    }

    /** The latest first. */
    List<WishlistItem> of(UUID customerId, int size, long offset) {
        return jdbc.sql(ITEMS + "where w.customer_id = ? order by w.id desc limit ? offset ?")
                .params(customerId, size, offset)
                .query((row, _) -> item(row))
                .list();
    }

    long count(UUID customerId) {
        return jdbc.sql("select count(*) from wishes where customer_id = ?")
                .param(customerId)
                .query(Long.class)
                .single();
    }

    WishlistItem add(UUID customerId, Product product) {
        var now = clock.instant();
        jdbc.sql("insert into wishes (id, customer_id, product_id, added_at) values (?, ?, ?, ?)")
                .params(Uuid7.mint(clock), customerId, product.id(), at(now))
                .update();
        return new WishlistItem(product, now);
    }

    /**
     * @return whether it was there
     */
    boolean remove(UUID customerId, UUID productId) {
        return jdbc.sql("delete from wishes where customer_id = ? and product_id = ?")
                        .params(customerId, productId)
                        .update()
                == 1;
    }

    private static WishlistItem item(ResultSet row) throws SQLException {
        return new WishlistItem(Products.product(row), instant(row, "added_at"));
    }
}
