package duka.cart;

import static duka.cart.Sql.column;
import static duka.cart.Sql.uuids;

import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * All carts, each read and written whole.
 *
 * <p>Whoever writes locks first: the customer's waiting carts, then the open one, then reads in a
 * second statement. A statement that both locks and joins would see the lines as they were before
 * it had to wait. The waiting carts are locked as well because any of them may come back to be the
 * one OPEN cart.
 */
@Repository
class Carts {

    private static final String CARTS =
            """
            select c.id, c.customer_id, c.status, c.order_id, c.version,
                   l.id as line_id, l.quantity, l.unit_price, l.currency, l.seen_revision,
                   l.mark, l.mark_available, l.mark_was, l.acknowledged,
                   p.id as product_id, p.revision, p.slug, p.name, p.active,
                   p.unit_price as price_now, p.currency as currency_now, s.level, s.low_threshold
            from carts c
            left join cart_lines l on l.cart_id = c.id
            left join products p on p.id = l.product_id
            left join stock_levels s on s.product_id = l.product_id
            """;

    private static final String WRITE_LINES =
            """
            insert into cart_lines (id, cart_id, product_id, quantity, unit_price, currency,
                seen_revision, mark, mark_available, mark_was, acknowledged)
            select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::int[], ?::bigint[], ?::text[],
                ?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::boolean[])
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Carts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<Cart> open(UUID customerId) {
        return read("where c.customer_id = ? and c.status = 'OPEN' order by l.id", customerId)
                .values()
                .stream()
                .findFirst();
    }

    /** For writing: what the customer has OPEN, and nobody can open another meanwhile. */
    Optional<Cart> lockOpen(UUID customerId) {
        var locked =
                jdbc.sql(
                                """
                                select id from carts
                                where customer_id = ? and status in ('CHECKED_OUT', 'OPEN')
                                order by status, id for update
                                """)
                        .param(customerId)
                        .query(UUID.class)
                        .list();
        return byId(locked).values().stream()
                .filter(cart -> cart.status() == CartStatus.OPEN)
                .findFirst();
    }

    /** For writing: the OPEN carts of those whose waiting carts are locked already. */
    Map<UUID, Cart> lockOpen(Set<UUID> customerIds) {
        if (customerIds.isEmpty()) {
            return Map.of();
        }
        var locked =
                jdbc.sql(
                                """
                                select id from carts
                                where customer_id = any(?) and status = 'OPEN'
                                order by id for update
                                """)
                        .param(uuids(customerIds))
                        .query(UUID.class)
                        .list();
        var open = new LinkedHashMap<UUID, Cart>();
        for (var cart : byId(locked).values()) {
            open.put(cart.customerId(), cart);
        }
        return open;
    }

    /** For writing: the cart that each of these orders was made of. */
    Map<UUID, Cart> lockByOrder(Set<UUID> orderIds) {
        if (orderIds.isEmpty()) {
            return Map.of();
        }
        record Made(UUID orderId, UUID cartId) {}
        var made =
                jdbc.sql(
                                """
                                select k.order_id, c.id as cart_id
                                from checkouts k join carts c on c.id = k.cart_id
                                where k.order_id = any(?)
                                order by c.id for update of c
                                """)
                        .param(uuids(orderIds))
                        .query(Made.class)
                        .list();
        var carts = byId(made.stream().map(Made::cartId).toList());
        var byOrder = new LinkedHashMap<UUID, Cart>();
        made.forEach(each -> byOrder.put(each.orderId(), carts.get(each.cartId())));
        return byOrder;
    }

    List<Cart> history(UUID customerId, int size, long offset) {
        var page =
                jdbc.sql(
                                """
                                select id from carts where customer_id = ?
                                order by id desc limit ? offset ?
                                """)
                        .params(customerId, size, offset)
                        .query(UUID.class)
                        .list();
        return byId(page).values().stream()
                .sorted(Comparator.comparingInt(cart -> page.indexOf(cart.id())))
                .toList();
    }

    long count(UUID customerId) {
        return jdbc.sql("select count(*) from carts where customer_id = ?")
                .param(customerId)
                .query(Long.class)
                .single();
    }

    /**
     * @return whether it is now the customer's OPEN cart; another request may have been first
     */
    boolean create(Cart cart) {
        var statement =
                jdbc.sql(
                                """
                                with created as (
                                    insert into carts (id, customer_id, status, version, changed_at)
                                    values (?, ?, 'OPEN', 1, ?)
                                    on conflict (customer_id) where status = 'OPEN' do nothing
                                    returning id)
                                """
                                        + WRITE_LINES
                                        + "where exists (select from created)")
                        .params(cart.id(), cart.customerId(), now());
        var created = lines(statement, List.of(cart)).update() > 0;
        cart.written();
        return created;
    }

    void save(Cart cart) {
        save(List.of(cart));
    }

    /** All of them in one statement; in two if lines have changed. */
    void save(Collection<Cart> carts) {
        var written =
                jdbc.sql(
                                """
                                update carts c
                                set status = n.status, order_id = n.order_id,
                                    version = n.version + 1, changed_at = ?
                                from unnest(?::uuid[], ?::text[], ?::uuid[], ?::bigint[])
                                    as n (id, status, order_id, version)
                                where c.id = n.id and c.version = n.version
                                """)
                        .params(
                                now(),
                                column("uuid", carts, Cart::id),
                                column("text", carts, cart -> cart.status().name()),
                                column("uuid", carts, Cart::orderId),
                                column("bigint", carts, Cart::version))
                        .update();
        if (written < carts.size()) {
            throw new OptimisticLockingFailureException("a cart was written without its lock");
        }
        var changed = carts.stream().filter(Cart::linesChanged).toList();
        if (!changed.isEmpty()) {
            writeLines(changed);
        }
        carts.forEach(Cart::written);
    }

    private void writeLines(List<Cart> carts) {
        var statement =
                jdbc.sql(
                                """
                                with gone as (
                                    delete from cart_lines
                                    where cart_id = any(?::uuid[]) and id <> all(?::uuid[]))
                                """
                                        + WRITE_LINES
                                        + """
                                        on conflict (id) do update set
                                            quantity = excluded.quantity,
                                            unit_price = excluded.unit_price,
                                            currency = excluded.currency,
                                            seen_revision = excluded.seen_revision,
                                            mark = excluded.mark,
                                            mark_available = excluded.mark_available,
                                            mark_was = excluded.mark_was,
                                            acknowledged = excluded.acknowledged
                                        """)
                        .params(
                                column("uuid", carts, Cart::id),
                                column("uuid", linesOf(carts), row -> row.line().id()));
        lines(statement, carts).update();
    }

    private static JdbcClient.StatementSpec lines(
            JdbcClient.StatementSpec statement, List<Cart> carts) {
        var rows = linesOf(carts);
        return statement.params(
                column("uuid", rows, row -> row.line().id()),
                column("uuid", rows, Row::cartId),
                column("uuid", rows, row -> row.line().product().id()),
                column("int4", rows, row -> row.line().quantity()),
                column("int8", rows, row -> row.line().seenPrice().minorUnits()),
                column("text", rows, row -> row.line().seenPrice().currency().getCurrencyCode()),
                column("int8", rows, row -> row.line().seenRevision()),
                column("text", rows, row -> row.mark() == null ? null : row.mark().why().name()),
                column("int4", rows, row -> row.mark() == null ? null : row.mark().available()),
                column(
                        "int8",
                        rows,
                        row ->
                                row.mark() == null || row.mark().was() == null
                                        ? null
                                        : row.mark().was().minorUnits()),
                column("bool", rows, row -> row.mark() == null || row.mark().acknowledged()));
    }

    private static List<Row> linesOf(List<Cart> carts) {
        return carts.stream()
                .flatMap(cart -> cart.lines().stream().map(line -> new Row(cart.id(), line)))
                .toList();
    }

    private Map<UUID, Cart> byId(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : read("where c.id = any(?) order by l.id", uuids(ids));
    }

    private Map<UUID, Cart> read(String which, Object param) {
        return jdbc.sql(CARTS + which).param(param).query(Carts::carts);
    }

    private static Map<UUID, Cart> carts(ResultSet row) throws SQLException {
        var carts = new LinkedHashMap<UUID, Cart>();
        var lines = new LinkedHashMap<UUID, List<CartLine>>();
        while (row.next()) {
            var id = row.getObject("id", UUID.class);
            var mine = lines.computeIfAbsent(id, _ -> new ArrayList<>());
            if (row.getObject("line_id") != null) {
                mine.add(line(row));
            }
            carts.put(
                    id,
                    new Cart(
                            id,
                            row.getObject("customer_id", UUID.class),
                            CartStatus.valueOf(row.getString("status")),
                            row.getObject("order_id", UUID.class),
                            row.getLong("version"),
                            mine));
        }
        return carts;
    }

    private static CartLine line(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new CartLine(
                row.getObject("line_id", UUID.class),
                Products.product(row, "product_id", "price_now", "currency_now"),
                row.getInt("quantity"),
                new Money(row.getLong("unit_price"), currency),
                row.getLong("seen_revision"),
                mark(row, currency));
    }

    private static @Nullable Mark mark(ResultSet row, Currency currency) throws SQLException {
        var why = row.getString("mark");
        var was = row.getObject("mark_was", Long.class);
        return why == null
                ? null
                : new Mark(
                        Mark.Why.valueOf(why),
                        row.getObject("mark_available", Integer.class),
                        was == null ? null : new Money(was, currency),
                        row.getBoolean("acknowledged"));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private record Row(UUID cartId, CartLine line) {

        @Nullable Mark mark() {
            return line.mark();
        }
    }
}
