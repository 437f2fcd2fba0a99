package duka.cart;

import static duka.sql.Rows.array;
import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeInstant;
import static duka.sql.Rows.money;
import static duka.sql.Rows.uuids;

import duka.events.PaymentMethod;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All checkouts. What was bought is kept as it was then, as a document. */
@Repository
class Checkouts {

    private static final String CHECKOUTS =
            """
            select order_id, cart_id, customer_id, status, reason, lines, refused, total, currency,
                   payment_method, confirmed_at, decided_at
              from checkouts
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    Checkouts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Together with what makes it true: the cart is checked out.
     *
     * @return whether it is; if not, the cart is no longer as it was read
     */
    boolean begin(Checkout checkout, Cart cart) {
        var confirmedAt = at(checkout.confirmedAt());
        return jdbc.sql(
                                """
                                with cart as (
                                    update carts
                                    set status = 'CHECKED_OUT', order_id = ?,
                                        version = version + 1, changed_at = ?
                                    where id = ? and version = ?
                                    returning id)
                                insert into checkouts (order_id, cart_id, customer_id, status,
                                    lines, refused, total, currency, payment_method, confirmed_at)
                                select ?, id, ?, ?, ?::jsonb, '[]', ?, ?, ?, ? from cart
                                """)
                        .params(
                                checkout.orderId(),
                                confirmedAt,
                                cart.id(),
                                cart.version(),
                                checkout.orderId(),
                                checkout.customerId(),
                                checkout.status().name(),
                                json.writeValueAsString(checkout.lines()),
                                checkout.total().minorUnits(),
                                checkout.total().currency().getCurrencyCode(),
                                checkout.paymentMethod().name(),
                                confirmedAt)
                        .update()
                == 1;
    }

    /**
     * @param endings by order id
     */
    void decide(Map<UUID, Ending> endings) {
        var rows = endings.values();
        jdbc.sql(
                        """
                        update checkouts k
                        set status = n.status, reason = n.reason, refused = n.refused::jsonb,
                            decided_at = ?
                        from unnest(?::uuid[], ?::text[], ?::text[], ?::text[])
                            as n (order_id, status, reason, refused)
                        where k.order_id = n.order_id
                        """)
                .params(
                        at(clock.instant()),
                        uuids(endings.keySet()),
                        array("text", rows, ending -> ending.status().name()),
                        array("text", rows, Ending::reason),
                        array("text", rows, ending -> json.writeValueAsString(ending.refused())))
                .update();
    }

    /** Those of the orders that are no longer pending. */
    List<Checkout> decided(Collection<UUID> orderIds) {
        return jdbc.sql(CHECKOUTS + "where order_id = any(?) and status <> 'PENDING'")
                .param(uuids(orderIds))
                .query((row, _) -> checkout(row))
                .list();
    }

    /** What has become of the cart that the customer had last, unless it was forgotten. */
    Optional<UUID> latestOrder(UUID customerId) {
        return jdbc.sql(
                        """
                        select k.order_id from checkouts k
                        where k.customer_id = ? and not exists (
                            select from carts e
                            where e.customer_id = k.customer_id and e.status = 'EXPIRED'
                              and e.changed_at > k.confirmed_at)
                        order by k.order_id desc limit 1
                        """)
                .param(customerId)
                .query(UUID.class)
                .optional();
    }

    Optional<UUID> latestOrderOf(UUID cartId, UUID customerId) {
        return jdbc.sql(
                        """
                        select order_id from checkouts where cart_id = ? and customer_id = ?
                        order by order_id desc limit 1
                        """)
                .params(cartId, customerId)
                .query(UUID.class)
                .optional();
    }

    List<Checkout> history(UUID customerId, int size, long offset) {
        return jdbc.sql(CHECKOUTS + "where customer_id = ? order by order_id desc limit ? offset ?")
                .params(customerId, size, offset)
                .query((row, _) -> checkout(row))
                .list();
    }

    long count(UUID customerId) {
        return jdbc.sql("select count(*) from checkouts where customer_id = ?")
                .param(customerId)
                .query(Long.class)
                .single();
    }

    private Checkout checkout(ResultSet row) throws SQLException {
        return new Checkout(
                row.getObject("order_id", UUID.class),
                row.getObject("cart_id", UUID.class),
                row.getObject("customer_id", UUID.class),
                Checkout.Status.valueOf(row.getString("status")),
                row.getString("reason"),
                json.readValue(row.getString("lines"), new TypeReference<>() {}),
                json.readValue(row.getString("refused"), new TypeReference<>() {}),
                money(row, "total"),
                PaymentMethod.valueOf(row.getString("payment_method")),
                instant(row, "confirmed_at"),
                maybeInstant(row, "decided_at"));
    }
}
