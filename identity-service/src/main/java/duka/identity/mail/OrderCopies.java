package duka.identity.mail;

import static duka.sql.Rows.array;
import static duka.sql.Rows.at;

import duka.events.OrderEvent.OrderPlaced;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Whose an order is and what is in it, from when it was placed. */
@Repository
class OrderCopies {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    OrderCopies(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    void learn(Collection<OrderPlaced> placed) {
        jdbc.sql(
                        """
                        insert into mail_orders (order_id, customer_id, total, lines, heard_at)
                        select *, ?::timestamptz from unnest(?::uuid[], ?::uuid[], ?::text[], ?::jsonb[])
                        on conflict do nothing
                        """)
                .params(
                        at(clock.instant()),
                        array("uuid", placed, OrderPlaced::orderId),
                        array("uuid", placed, OrderPlaced::customerId),
                        array("text", placed, order -> order.total().toString()),
                        array("text", placed, order -> json.writeValueAsString(lines(order))))
                .update();
    }

    int forgetHeardBefore(Instant end, int most) {
        return jdbc.sql(
                        """
                        delete from mail_orders where order_id in (
                            select order_id from mail_orders where heard_at < ?
                             limit ? for update skip locked)
                        """)
                .params(at(end), most)
                .update();
    }

    private static List<OrderCopy.Line> lines(OrderPlaced order) {
        return order.lines().stream()
                .map(
                        line ->
                                new OrderCopy.Line(
                                        line.productId(),
                                        line.quantity(),
                                        line.unitPrice().times(line.quantity()).toString()))
                .toList();
    }
}
