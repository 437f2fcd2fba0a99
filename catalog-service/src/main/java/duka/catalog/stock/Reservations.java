package duka.catalog.stock;

import static duka.catalog.stock.Columns.texts;

import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
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
                        where order_id = any(cast(:orders as uuid[]))
                        order by order_id, product_id
                        """)
                .param("orders", texts(orders))
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
                        from unnest(cast(:orders as uuid[]), cast(:statuses as text[]))
                            as asked (order_id, status)
                        """)
                .param("orders", texts(asked.stream().map(Reservation::orderId).toList()))
                .param("statuses", texts(asked.stream().map(Reservation::status).toList()))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        var lines = asked.stream().flatMap(Reservations::lines).toList();
        jdbc.sql(
                        """
                        insert into reservation_lines
                            (order_id, product_id, quantity, returned, unit_price, currency)
                        select * from unnest(
                            cast(:orders as uuid[]),
                            cast(:products as uuid[]),
                            cast(:quantities as int[]),
                            cast(:returned as int[]),
                            cast(:prices as bigint[]),
                            cast(:currencies as text[]))
                        """)
                .param("orders", texts(lines.stream().map(OfOrder::orderId).toList()))
                .param("products", texts(lines.stream().map(of -> of.line().productId()).toList()))
                .param("quantities", lines.stream().mapToInt(of -> of.line().quantity()).toArray())
                .param("returned", lines.stream().mapToInt(of -> of.line().returned()).toArray())
                .param(
                        "prices",
                        lines.stream()
                                .mapToLong(of -> of.line().unitPrice().minorUnits())
                                .toArray())
                .param(
                        "currencies",
                        texts(lines.stream().map(of -> of.line().unitPrice().currency()).toList()))
                .update();
    }

    void change(Collection<Reservation> changed, Instant now) {
        if (changed.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update reservations set status = now.status, changed_at = :now
                        from unnest(cast(:orders as uuid[]), cast(:statuses as text[]))
                            as now (order_id, status)
                        where reservations.order_id = now.order_id
                        """)
                .param("orders", texts(changed.stream().map(Reservation::orderId).toList()))
                .param("statuses", texts(changed.stream().map(Reservation::status).toList()))
                .param("now", now.atOffset(ZoneOffset.UTC))
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
                        from unnest(
                                cast(:orders as uuid[]),
                                cast(:products as uuid[]),
                                cast(:returned as int[]))
                            as now (order_id, product_id, returned)
                        where (line.order_id, line.product_id) = (now.order_id, now.product_id)
                        """)
                .param("orders", texts(returned.stream().map(OfOrder::orderId).toList()))
                .param(
                        "products",
                        texts(returned.stream().map(of -> of.line().productId()).toList()))
                .param("returned", returned.stream().mapToInt(of -> of.line().returned()).toArray())
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
