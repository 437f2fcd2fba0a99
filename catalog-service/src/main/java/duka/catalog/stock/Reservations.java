package duka.catalog.stock;

import static duka.sql.Rows.array;
import static duka.sql.Rows.at;
import static duka.sql.Rows.uuids;

import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All reservations, read and written many at a time. */
@Repository
class Reservations {

    private record Row(UUID orderId, ReservationStatus status, Reservation.Line line) {}

    private record OfOrder(UUID orderId, Reservation.Line line) {}

    private final JdbcClient jdbc;

    Reservations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By the id of their order; those there are. */
    Map<UUID, Reservation> find(Collection<UUID> orders) {
        var lines = new HashMap<UUID, List<Reservation.Line>>();
        var statuses = new HashMap<UUID, ReservationStatus>();
        jdbc.sql(
                        """
                        select order_id, status, product_id, quantity, returned, unit_price, currency
                        from reservations join reservation_lines using (order_id)
                        where order_id = any(:orders)
                        order by order_id, product_id
                        """)
                .param("orders", uuids(orders))
                .query(Reservations::row)
                .list()
                .forEach(
                        row -> {
                            statuses.put(row.orderId(), row.status());
                            lines.computeIfAbsent(row.orderId(), _ -> new ArrayList<>())
                                    .add(row.line());
                        });
        var found = new HashMap<UUID, Reservation>();
        statuses.forEach(
                (order, status) ->
                        found.put(order, new Reservation(order, status, lines.get(order))));
        return found;
    }

    void add(Collection<Reservation> asked, Instant now) {
        if (asked.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into reservations (order_id, status, asked_at, changed_at)
                        select order_id, status, :now, :now
                        from unnest(:orders, :statuses)
                            as asked (order_id, status)
                        """)
                .param("orders", array("uuid", asked, Reservation::orderId))
                .param("statuses", array("text", asked, Reservation::status))
                .param("now", at(now))
                .update();
        var lines = asked.stream().flatMap(Reservations::lines).toList();
        jdbc.sql(
                        """
                        insert into reservation_lines
                            (order_id, product_id, quantity, returned, unit_price, currency)
                        select * from unnest(:orders, :products, :quantities, :returned,
                                             :prices, :currencies)
                        """)
                .param("orders", array("uuid", lines, OfOrder::orderId))
                .param("products", array("uuid", lines, of -> of.line().productId()))
                .param("quantities", array("int4", lines, of -> of.line().quantity()))
                .param("returned", array("int4", lines, of -> of.line().returned()))
                .param("prices", array("int8", lines, of -> of.line().unitPrice().minorUnits()))
                .param("currencies", array("text", lines, of -> of.line().unitPrice().currency()))
                .update();
    }

    void change(Collection<Reservation> changed, Instant now) {
        if (changed.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update reservations set status = now.status, changed_at = :now
                        from unnest(:orders, :statuses)
                            as now (order_id, status)
                        where reservations.order_id = now.order_id
                        """)
                .param("orders", array("uuid", changed, Reservation::orderId))
                .param("statuses", array("text", changed, Reservation::status))
                .param("now", at(now))
                .update();
        var returned =
                changed.stream()
                        .flatMap(Reservations::lines)
                        .filter(of -> of.line().returned() > 0)
                        .toList();
        if (returned.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update reservation_lines as line set returned = now.returned
                        from unnest(:orders, :products, :returned)
                            as now (order_id, product_id, returned)
                        where (line.order_id, line.product_id) = (now.order_id, now.product_id)
                        """)
                .param("orders", array("uuid", returned, OfOrder::orderId))
                .param("products", array("uuid", returned, of -> of.line().productId()))
                .param("returned", array("int4", returned, of -> of.line().returned()))
                .update();
    }

    private static Stream<OfOrder> lines(Reservation reservation) {
        return reservation.lines().stream().map(line -> new OfOrder(reservation.orderId(), line));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("order_id", UUID.class),
                ReservationStatus.valueOf(row.getString("status")),
                new Reservation.Line(
                        row.getObject("product_id", UUID.class),
                        row.getInt("quantity"),
                        row.getInt("returned"),
                        new Money(
                                row.getLong("unit_price"),
                                Currency.getInstance(row.getString("currency")))));
    }
}
