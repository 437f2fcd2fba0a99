package duka.order;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import duka.sql.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
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
        if (ids.isEmpty()) {
            return orders; // a poll may bring nothing that is about an order
        }
        // Always in the order of their ids, or two batches could wait for each other.
        load(jdbc.sql(OrderRows.ORDERS.select("where id = any(?) order by id for update"))
                        .param(Rows.array("uuid", ids, OrderId::value)))
                .forEach(order -> orders.put(order.id(), order));
        return orders;
    }

    /**
     * @throws NoSuchOrder if there is none
     */
    Order lock(OrderId id) {
        var order = lock(List.of(id)).get(id);
        if (order == null) {
            throw new NoSuchOrder(id);
        }
        return order;
    }

    /**
     * @throws NoSuchOrder if there is none, or it is somebody else's
     */
    Order lock(OrderId id, Viewer viewer) {
        var order = lock(id);
        if (!viewer.maySee(order)) {
            throw new NoSuchOrder(id);
        }
        return order;
    }

    /** Those past their deadline, or past the moment to remind their customers of it. */
    List<Order> lockDue(Instant now, int most) {
        return load(
                jdbc.sql(
                                OrderRows.ORDERS.select(
                                        """
                                        where not finished and (deadline <= ? or remind_at <= ?)
                                        order by id limit ?
                                        for update skip locked
                                        """))
                        .params(Rows.at(now), Rows.at(now), most));
    }

    /** Those whose deadline had passed by then. */
    long countOverdue(Instant then) {
        return jdbc.sql("select count(*) from orders where not finished and deadline <= ?")
                .param(Rows.at(then))
                .query(Long.class)
                .single();
    }

    void save(Collection<Order> orders) {
        var changed = orders.stream().filter(order -> !order.news().isEmpty()).toList();
        var fresh = changed.stream().filter(Order::isNew).toList();
        var known = changed.stream().filter(order -> !order.isNew()).toList();
        OrderRows.ORDERS.insert(jdbc, fresh);
        OrderRows.LINES.insert(jdbc, OrderRows.lines(fresh));
        OrderRows.ORDERS.update(jdbc, known);
        OrderRows.LINES.update(
                jdbc, OrderRows.lines(known.stream().filter(Order::haveLinesChanged).toList()));
        OrderRows.TIMELINE.insert(jdbc, OrderRows.news(changed));
    }

    /** Whether this is the first time. */
    boolean collect(OrderId id) {
        return jdbc.sql("update orders set collected = true where id = ? and not collected")
                        .param(id.value())
                        .update()
                == 1;
    }

    // To look at.

    Optional<Order> find(OrderId id) {
        return findAll(List.of(id)).stream().findFirst();
    }

    List<Order> findAll(Collection<OrderId> ids) {
        return load(
                jdbc.sql(OrderRows.ORDERS.select("where id = any(?)"))
                        .param(Rows.array("uuid", ids, OrderId::value)));
    }

    /** A cart that came back and was checked out again has made several. */
    Optional<Order> findLatest(CheckedOutCart cart) {
        return load(
                        jdbc.sql(
                                        OrderRows.ORDERS.select(
                                                """
                                                where customer_id = ? and cart_id = ?
                                                order by created_at desc, id desc limit 1
                                                """))
                                .params(cart.customer().value(), cart.id()))
                .stream()
                .findFirst();
    }

    /** Those of these that have come. */
    List<NextOrder> findMade(Set<NextOrder> expected) {
        return jdbc.sql(
                        """
                        select distinct w.customer_id, w.cart_id, w.known
                        from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as w (customer_id, cart_id, known)
                        join orders o on o.customer_id = w.customer_id and o.cart_id = w.cart_id
                            and (w.known is null or o.id > w.known)
                        """)
                .params(
                        Rows.array("uuid", expected, next -> next.cart().customer().value()),
                        Rows.array("uuid", expected, next -> next.cart().id()),
                        Rows.array("uuid", expected, next -> value(next.after())))
                .query(
                        (row, _) ->
                                new NextOrder(
                                        new CheckedOutCart(
                                                new CustomerId(Rows.uuid(row, "customer_id")),
                                                Rows.uuid(row, "cart_id")),
                                        orderId(Rows.maybeUuid(row, "known"))))
                .list();
    }

    List<Order> list(OrderSearch search, String orderBy, int most, long offset) {
        var where = Where.of(search);
        return load(
                jdbc.sql(
                                OrderRows.ORDERS.select(
                                        "where %s order by %s, id limit ? offset ?"
                                                .formatted(where.sql(), orderBy)))
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
                                OrderRows.ORDERS.select(
                                        "where %s order by created_at desc, id desc limit ?"
                                                .formatted(where.sql())))
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
        return jdbc.sql(OrderRows.TIMELINE.select("where order_id = ? order by position"))
                .param(id.value())
                .query((row, _) -> OrderRows.entry(row).entry())
                .list();
    }

    /** What has been entered into these orders' timelines since each one's position. */
    Map<OrderId, List<TimelineEntry>> newsSince(Map<OrderId, Integer> positions) {
        var watched = List.copyOf(positions.entrySet());
        return jdbc
                .sql(
                        """
                        select t.order_id, t.position, t.at, t.heard, t.from_status, t.to_status,
                               t.note
                        from unnest(?::uuid[], ?::int[]) as w (order_id, position)
                        join timeline t on t.order_id = w.order_id and t.position > w.position
                        order by t.order_id, t.position
                        """)
                .params(
                        Rows.array("uuid", watched, entry -> entry.getKey().value()),
                        Rows.array("int4", watched, Map.Entry::getValue))
                .query((row, _) -> OrderRows.entry(row))
                .list()
                .stream()
                .collect(
                        groupingBy(
                                OrderRows.Entry::order, mapping(OrderRows.Entry::entry, toList())));
    }

    /** Lines are read by a statement of their own: it sees what was committed before the lock. */
    private List<Order> load(JdbcClient.StatementSpec selectOrders) {
        var lines = new LinkedHashMap<UUID, List<OrderLine>>();
        var orders =
                selectOrders
                        .query(
                                (row, _) -> {
                                    var ofThis = new ArrayList<OrderLine>();
                                    lines.put(Rows.uuid(row, "id"), ofThis);
                                    return new Order(row, ofThis);
                                })
                        .list();
        if (!orders.isEmpty()) {
            jdbc.sql(
                            """
                            select l.order_id, l.product_id, l.name, l.vendor_id, l.quantity,
                                   l.unit_price, o.currency, l.refused,
                                   l.shipped, l.delivered, l.cancelled
                            from order_lines l join orders o on o.id = l.order_id
                            where l.order_id = any(?) order by l.order_id, l.position
                            """)
                    .param(Rows.array("uuid", lines.keySet(), id -> id))
                    .query(
                            row -> {
                                lines.get(Rows.uuid(row, "order_id")).add(OrderRows.line(row));
                            });
        }
        return orders;
    }

    private static @Nullable UUID value(@Nullable OrderId id) {
        return id == null ? null : id.value();
    }

    private static @Nullable OrderId orderId(@Nullable UUID value) {
        return value == null ? null : new OrderId(value);
    }
}
