package duka.order;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import duka.events.Money;
import duka.events.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/**
 * All orders; nothing deletes one. However many come at once, they are read and written with the
 * same few statements.
 */
@Repository
class Orders {

    private final JdbcClient jdbc;

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // One writer at a time.

    /** Those of these that exist; nobody else changes them before this transaction ends. */
    Map<OrderId, Order> lock(Collection<OrderId> ids) {
        var orders = new LinkedHashMap<OrderId, Order>();
        // Always in the order of their ids, or two batches could wait for each other.
        load(jdbc.sql("select * from orders where id = any(?) order by id for update")
                        .param(column("uuid", ids, OrderId::value)))
                .forEach(order -> orders.put(order.id(), order));
        return orders;
    }

    /** Undecided ones past their deadline that nobody else is changing right now. */
    List<Order> lockOverdue(Instant now, int most) {
        return load(
                jdbc.sql(
                                """
                                select * from orders
                                where not finished and deadline <= ?
                                order by id limit ?
                                for update skip locked
                                """)
                        .params(at(now), most));
    }

    void save(Collection<Order> orders) {
        var changed = orders.stream().filter(order -> !order.news().isEmpty()).toList();
        insert(changed.stream().filter(Order::isNew).toList());
        update(changed.stream().filter(order -> !order.isNew()).toList());
        insertNews(changed);
    }

    private void insert(List<Order> orders) {
        if (orders.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into orders (
                            id, cart_id, customer_id, status, reason, stock, payment, payment_method, currency, total,
                            refunded, units_returned, finished, steps, since, deadline, confirmed_at, created_at,
                            updated_at, payment_token, address)
                        select * from unnest(
                            ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                            ?::bigint[], ?::int[], ?::boolean[], ?::int[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                            ?::timestamptz[], ?::text[], ?::text[])
                        """)
                .params(
                        column("uuid", orders, order -> order.id().value()),
                        column("uuid", orders, Order::cart),
                        column("uuid", orders, order -> order.customer().value()),
                        column("text", orders, Order::status),
                        column("text", orders, Order::reason),
                        column("text", orders, Order::stock),
                        column("text", orders, Order::payment),
                        column("text", orders, Order::paymentMethod),
                        column("text", orders, Order::currency),
                        column("int8", orders, order -> order.total().minorUnits()),
                        column("int8", orders, Order::refunded),
                        column("int4", orders, Order::unitsReturned),
                        column("bool", orders, Order::isFinished),
                        column("int4", orders, Order::steps),
                        column("timestamptz", orders, Order::since),
                        column("timestamptz", orders, Order::deadline),
                        column("timestamptz", orders, Order::confirmedAt),
                        column("timestamptz", orders, Order::createdAt),
                        column("timestamptz", orders, Order::updatedAt),
                        column("text", orders, Orders::paymentToken),
                        column("text", orders, order -> order.address().ciphertext()))
                .update();
        var lines = lines(orders);
        jdbc.sql(
                        """
                        insert into order_lines (
                            order_id, position, product_id, name, vendor_id, quantity, unit_price, refused,
                            shipped, delivered, cancelled)
                        select * from unnest(
                            ?::uuid[], ?::int[], ?::uuid[], ?::text[], ?::uuid[], ?::int[], ?::bigint[], ?::text[],
                            ?::int[], ?::int[], ?::int[])
                        """)
                .params(
                        column("uuid", lines, line -> line.order().value()),
                        column("int4", lines, Line::position),
                        column("uuid", lines, line -> line.line().productId()),
                        column("text", lines, line -> line.line().name()),
                        column("uuid", lines, line -> line.line().vendorId()),
                        column("int4", lines, line -> line.line().quantity()),
                        column("int8", lines, line -> line.line().unitPrice().minorUnits()),
                        column("text", lines, line -> line.line().refused()),
                        column("int4", lines, line -> line.line().shipped()),
                        column("int4", lines, line -> line.line().delivered()),
                        column("int4", lines, line -> line.line().cancelled()))
                .update();
    }

    private void update(List<Order> orders) {
        if (orders.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update orders o set
                            status = n.status, reason = n.reason, stock = n.stock, payment = n.payment, total = n.total,
                            refunded = n.refunded, units_returned = n.units_returned, finished = n.finished,
                            steps = n.steps, since = n.since, deadline = n.deadline, confirmed_at = n.confirmed_at,
                            updated_at = n.updated_at, payment_token = n.payment_token
                        from unnest(
                            ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::int[], ?::boolean[],
                            ?::int[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::text[])
                            as n (id, status, reason, stock, payment, total, refunded, units_returned, finished,
                                  steps, since, deadline, confirmed_at, updated_at, payment_token)
                        where o.id = n.id
                        """)
                .params(
                        column("uuid", orders, order -> order.id().value()),
                        column("text", orders, Order::status),
                        column("text", orders, Order::reason),
                        column("text", orders, Order::stock),
                        column("text", orders, Order::payment),
                        column("int8", orders, order -> order.total().minorUnits()),
                        column("int8", orders, Order::refunded),
                        column("int4", orders, Order::unitsReturned),
                        column("bool", orders, Order::isFinished),
                        column("int4", orders, Order::steps),
                        column("timestamptz", orders, Order::since),
                        column("timestamptz", orders, Order::deadline),
                        column("timestamptz", orders, Order::confirmedAt),
                        column("timestamptz", orders, Order::updatedAt),
                        column("text", orders, Orders::paymentToken))
                .update();
        var lines = lines(orders.stream().filter(Order::haveLinesChanged).toList());
        if (lines.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update order_lines l set
                            name = n.name, vendor_id = n.vendor_id, unit_price = n.unit_price, refused = n.refused,
                            shipped = n.shipped, delivered = n.delivered, cancelled = n.cancelled
                        from unnest(
                            ?::uuid[], ?::int[], ?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::int[], ?::int[], ?::int[])
                            as n (order_id, position, name, vendor_id, unit_price, refused, shipped, delivered, cancelled)
                        where l.order_id = n.order_id and l.position = n.position
                        """)
                .params(
                        column("uuid", lines, line -> line.order().value()),
                        column("int4", lines, Line::position),
                        column("text", lines, line -> line.line().name()),
                        column("uuid", lines, line -> line.line().vendorId()),
                        column("int8", lines, line -> line.line().unitPrice().minorUnits()),
                        column("text", lines, line -> line.line().refused()),
                        column("int4", lines, line -> line.line().shipped()),
                        column("int4", lines, line -> line.line().delivered()),
                        column("int4", lines, line -> line.line().cancelled()))
                .update();
    }

    private void insertNews(List<Order> orders) {
        var news =
                orders.stream()
                        .flatMap(order -> order.news().stream().map(e -> new News(order.id(), e)))
                        .toList();
        if (news.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into timeline (order_id, position, at, heard, from_status, to_status, note)
                        select * from unnest(
                            ?::uuid[], ?::int[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[])
                        """)
                .params(
                        column("uuid", news, entry -> entry.order().value()),
                        column("int4", news, entry -> entry.entry().position()),
                        column("timestamptz", news, entry -> entry.entry().at()),
                        column("text", news, entry -> entry.entry().heard()),
                        column("text", news, entry -> entry.entry().from()),
                        column("text", news, entry -> entry.entry().to()),
                        column("text", news, entry -> entry.entry().note()))
                .update();
    }

    // To look at.

    Optional<Order> find(OrderId id) {
        return load(jdbc.sql("select * from orders where id = ?").param(id.value())).stream()
                .findFirst();
    }

    List<Order> findAll(Collection<OrderId> ids) {
        return load(
                jdbc.sql("select * from orders where id = any(?)")
                        .param(column("uuid", ids, OrderId::value)));
    }

    /** A cart that came back and was checked out again has made several. */
    Optional<Order> findLatest(CustomerId customer, UUID cart) {
        return load(
                        jdbc.sql(
                                        """
                                        select * from orders where customer_id = ? and cart_id = ?
                                        order by created_at desc, id desc limit 1
                                        """)
                                .params(customer.value(), cart))
                .stream()
                .findFirst();
    }

    /** Whether this is the first time. */
    boolean collect(OrderId id) {
        return jdbc.sql("update orders set collected = true where id = ? and not collected")
                        .param(id.value())
                        .update()
                == 1;
    }

    List<Order> list(OrderSearch search, String orderBy, int most, long offset) {
        var where = Where.of(search);
        return load(
                jdbc.sql(
                                "select * from orders where %s order by %s, id limit ? offset ?"
                                        .formatted(where.sql(), orderBy))
                        .params(where.params())
                        .params(most, offset));
    }

    /** The older ones, from this one on; from the newest without. */
    List<Order> listBefore(OrderSearch search, @Nullable OrderId before, int most) {
        var where = Where.of(search);
        if (before != null) {
            where =
                    where.and(
                            "(created_at, id) < (select created_at, id from orders where id = ?)",
                            before.value());
        }
        return load(
                jdbc.sql(
                                "select * from orders where %s order by created_at desc, id desc limit ?"
                                        .formatted(where.sql()))
                        .params(where.params())
                        .params(most));
    }

    long count(OrderSearch search) {
        var where = Where.of(search);
        return jdbc.sql("select count(*) from orders where " + where.sql())
                .params(where.params())
                .query(Long.class)
                .single();
    }

    List<TimelineEntry> timeline(OrderId id) {
        return jdbc.sql("select * from timeline where order_id = ? order by position")
                .param(id.value())
                .query((row, _) -> entry(row))
                .list();
    }

    /** What has been entered into these orders' timelines since each one's position. */
    Map<OrderId, List<TimelineEntry>> newsSince(Map<OrderId, Integer> positions) {
        var watched = List.copyOf(positions.entrySet());
        return jdbc
                .sql(
                        """
                        select t.* from unnest(?::uuid[], ?::int[]) as w (order_id, position)
                        join timeline t on t.order_id = w.order_id and t.position > w.position
                        order by t.order_id, t.position
                        """)
                .params(
                        column("uuid", watched, entry -> entry.getKey().value()),
                        column("int4", watched, Map.Entry::getValue))
                .query(
                        (row, _) ->
                                new News(
                                        new OrderId(row.getObject("order_id", UUID.class)),
                                        entry(row)))
                .list()
                .stream()
                .collect(groupingBy(News::order, mapping(News::entry, toList())));
    }

    // How rows and orders turn into each other.

    private record Line(OrderId order, int position, OrderLine line) {}

    private record News(OrderId order, TimelineEntry entry) {}

    private record Where(String sql, List<Object> params) {

        static Where of(OrderSearch search) {
            var where = new Where("true", List.of());
            if (search.customer() != null) {
                where = where.and("customer_id = ?", search.customer().value());
            }
            if (search.status() != null) {
                where = where.and("status = ?", search.status().name());
            }
            if (search.createdFrom() != null) {
                where = where.and("created_at >= ?", at(search.createdFrom()));
            }
            if (search.createdTo() != null) {
                where = where.and("created_at < ?", at(search.createdTo()));
            }
            if (search.inStatusSince() != null) {
                where = where.and("since <= ?", at(search.inStatusSince()));
            }
            return search.unfinished()
                    ? new Where(where.sql + " and not finished", where.params)
                    : where;
        }

        Where and(String condition, Object param) {
            var all = new ArrayList<>(params);
            all.add(param);
            return new Where(sql + " and " + condition, all);
        }
    }

    /** Lines are read by a statement of their own: it sees what was committed before the lock. */
    private List<Order> load(JdbcClient.StatementSpec selectOrders) {
        var lines = new LinkedHashMap<UUID, List<OrderLine>>();
        var orders =
                selectOrders
                        .query(
                                (row, _) -> {
                                    var ofThis = new ArrayList<OrderLine>();
                                    lines.put(row.getObject("id", UUID.class), ofThis);
                                    return new Order(row, ofThis);
                                })
                        .list();
        if (!orders.isEmpty()) {
            jdbc.sql(
                            """
                            select l.*, o.currency from order_lines l join orders o on o.id = l.order_id
                            where l.order_id = any(?) order by l.order_id, l.position
                            """)
                    .param(column("uuid", lines.keySet(), id -> id))
                    .query(
                            row -> {
                                lines.get(row.getObject("order_id", UUID.class)).add(line(row));
                            });
        }
        return orders;
    }

    private static OrderLine line(ResultSet row) throws SQLException {
        var refused = row.getString("refused");
        return new OrderLine(
                row.getObject("product_id", UUID.class),
                row.getString("name"),
                row.getObject("vendor_id", UUID.class),
                row.getInt("quantity"),
                new Money(
                        row.getLong("unit_price"), Currency.getInstance(row.getString("currency"))),
                refused == null ? null : Refusal.Why.valueOf(refused),
                row.getInt("shipped"),
                row.getInt("delivered"),
                row.getInt("cancelled"));
    }

    private static TimelineEntry entry(ResultSet row) throws SQLException {
        var from = row.getString("from_status");
        return new TimelineEntry(
                row.getInt("position"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("heard"),
                from == null ? null : OrderStatus.valueOf(from),
                OrderStatus.valueOf(row.getString("to_status")),
                row.getString("note"));
    }

    private static List<Line> lines(List<Order> orders) {
        var lines = new ArrayList<Line>();
        for (var order : orders) {
            var position = 0;
            for (var line : order.lines()) {
                lines.add(new Line(order.id(), ++position, line));
            }
        }
        return lines;
    }

    private static @Nullable String paymentToken(Order order) {
        var token = order.paymentToken();
        return token == null ? null : token.ciphertext();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static <T> SqlArrayValue column(
            String type, Collection<T> rows, Function<T, @Nullable Object> value) {
        return new SqlArrayValue(type, rows.stream().map(value).map(Orders::plain).toArray());
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Enum<?> || value instanceof Instant || value instanceof Currency
                ? value.toString()
                : value;
    }
}
