package duka.cart;

import static duka.sql.Rows.array;
import static duka.sql.Rows.at;
import static duka.sql.Rows.uuids;
import static java.util.stream.Collectors.toMap;

import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
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
 * <p>A cart is written only if it still is as it was read; who comes too late reads again. Nothing
 * is locked meanwhile, and what a customer does takes two statements: one that reads, one that
 * writes.
 *
 * <p>A customer's waiting carts may come back, each to be the one OPEN cart. So whoever opens a
 * cart locks them first, and so does whoever lets one come back.
 */
@Repository
class Carts {

    /**
     * What there is to know before something is put into a cart.
     *
     * @param cart what the shopper has OPEN
     */
    record Wanted(Product product, Optional<Cart> cart) {}

    /** What {@link Reading} reads, of carts {@code c} and {@link #LINES}. */
    static final String COLUMNS =
            """
            c.id, c.customer_id, c.guest, c.status, c.order_id, c.version,
            l.id as line_id, l.quantity, l.unit_price, l.currency, l.seen_revision,
            l.mark, l.mark_available, l.mark_was, l.acknowledged,
            """
                    + Products.COLUMNS;

    static final String LINES =
            """
            left join cart_lines l on l.cart_id = c.id
            left join products p on p.id = l.product_id
            left join stock_levels s on s.product_id = l.product_id
            """;

    private static final String CARTS = "select " + COLUMNS + "from carts c\n" + LINES;

    private static final String WANTED =
            "select "
                    + COLUMNS
                    + """
                    , w.id as wanted_product_id, w.revision as wanted_revision,
                    w.slug as wanted_slug, w.name as wanted_name, w.active as wanted_active,
                    w.unit_price as wanted_price_now, w.currency as wanted_currency_now,
                    ws.level as wanted_level, ws.low_threshold as wanted_low_threshold
                    from products w
                    left join stock_levels ws on ws.product_id = w.id
                    left join carts c on c.customer_id = ? and c.status = 'OPEN'
                    """
                    + LINES
                    + "where w.id = ? order by l.id";

    private static final String BY_ORDER =
            "select "
                    + COLUMNS
                    + """
                    , array(select k.order_id from checkouts k
                            where k.cart_id = c.id and k.order_id = any(?)) as orders
                    from carts c
                    """
                    + LINES
                    + """
                    where c.id in (select cart_id from checkouts where order_id = any(?))
                    order by l.id
                    """;

    private static final String WRITE_CARTS =
            """
            update carts c
            set status = n.status, order_id = n.order_id, version = n.version + 1, changed_at = ?
            from unnest(?::uuid[], ?::text[], ?::uuid[], ?::bigint[])
                as n (id, status, order_id, version)
            where c.id = n.id and c.version = n.version
            """;

    /** Those of the carts that are named as written. */
    private static final String WRITE_LINES =
            """
            insert into cart_lines (id, cart_id, product_id, quantity, unit_price, currency,
                seen_revision, mark, mark_available, mark_was, acknowledged)
            select n.*
            from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::int[], ?::bigint[], ?::text[],
                ?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::boolean[]) as n (id, cart_id)
            where n.cart_id in (select id from written)
            """;

    private static final String CREATE =
            """
            with waiting as (
                select id from carts
                where customer_id = ? and status in ('CHECKED_OUT', 'OPEN')
                order by status, id for update),
            written as (
                insert into carts (id, customer_id, guest, status, version, changed_at)
                select ?, ?, ?, 'OPEN', 1, ? from (select count(*) from waiting) as locked
                on conflict (customer_id) where status = 'OPEN' do nothing
                returning id),
            lines as (
            """
                    + WRITE_LINES
                    + ") select count(*) from written";

    private static final String WRITE =
            "with written as (\n"
                    + WRITE_CARTS
                    + """
                    returning c.id),
                    gone as (
                        delete from cart_lines
                        where id = any(?::uuid[]) and cart_id in (select id from written)),
                    lines as (
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
                        acknowledged = excluded.acknowledged)
                    select count(*) from written
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

    /**
     * @return nothing if the product is not known
     */
    Optional<Wanted> wanted(UUID shopperId, UUID productId) {
        return jdbc.sql(WANTED)
                .params(shopperId, productId)
                .query(
                        row -> {
                            if (!row.next()) {
                                return Optional.empty();
                            }
                            var product = Products.product(row, "wanted_");
                            return Optional.of(new Wanted(product, firstOf(row)));
                        });
    }

    /**
     * For writing several, or letting one come back: until the transaction ends, their customers
     * open no cart.
     */
    void lockWaiting(Set<UUID> orderIds) {
        jdbc.sql(
                        """
                        select id from carts
                        where id in (select cart_id from checkouts where order_id = any(?))
                        order by id for update
                        """)
                .param(uuids(orderIds))
                .query(UUID.class)
                .list();
    }

    /** The OPEN carts of those whose waiting carts are locked; these are locked as well. */
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
        return byId(locked).values().stream().collect(toMap(Cart::customerId, cart -> cart));
    }

    /** The cart that each of these orders was made of. */
    Map<UUID, Cart> byOrder(Set<UUID> orderIds) {
        if (orderIds.isEmpty()) {
            return Map.of();
        }
        return jdbc.sql(BY_ORDER)
                .params(uuids(orderIds), uuids(orderIds))
                .query(
                        row -> {
                            var madeOf = new HashMap<UUID, UUID>();
                            var reading = new Reading();
                            while (row.next()) {
                                reading.take(row);
                                var cart = row.getObject("id", UUID.class);
                                for (var order : (UUID[]) row.getArray("orders").getArray()) {
                                    madeOf.put(order, cart);
                                }
                            }
                            var carts = reading.carts();
                            var byOrder = new HashMap<UUID, Cart>();
                            madeOf.forEach((order, cart) -> byOrder.put(order, carts.get(cart)));
                            return byOrder;
                        });
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

    Optional<CartStatus> status(UUID cartId, UUID customerId) {
        return jdbc.sql("select status from carts where id = ? and customer_id = ?")
                .params(cartId, customerId)
                .query((row, _) -> CartStatus.valueOf(row.getString("status")))
                .optional();
    }

    /** Whether there is, or has been, a cart of this guest. */
    boolean knows(Shopper guest) {
        return jdbc.sql("select exists (select from carts where customer_id = ? and guest)")
                .param(guest.id())
                .query(Boolean.class)
                .single();
    }

    /** Whether the customer's cart has taken in one of this guest's. */
    boolean hasTaken(Shopper guest, UUID customerId) {
        return jdbc.sql(
                        """
                        select exists (select from carts where customer_id = ? and taken_by = ?)
                        """)
                .params(guest.id(), customerId)
                .query(Boolean.class)
                .single();
    }

    /**
     * @return whether it is written; if not, it is no longer as it was read, or another has been
     *     opened meanwhile
     */
    boolean write(Cart cart) {
        var written = cart.isNew() ? create(cart) : written(List.of(cart));
        if (written == 1) {
            cart.written();
        }
        return written == 1;
    }

    /** All of them, in one statement. */
    void write(Collection<Cart> carts) {
        if (written(carts) < carts.size()) {
            throw new OptimisticLockingFailureException("a cart is no longer as it was read");
        }
        carts.forEach(Cart::written);
    }

    /**
     * @return whether the guest's cart is now MERGED; if not, it is no longer as it was read
     */
    boolean handOver(Cart guests, UUID customerId) {
        return jdbc.sql(
                                """
                                update carts
                                set status = 'MERGED', taken_by = ?, version = version + 1,
                                    changed_at = ?
                                where id = ? and version = ?
                                """)
                        .params(customerId, now(), guests.id(), guests.version())
                        .update()
                == 1;
    }

    /** Customers' carts that nobody has touched since then. Those in use just now are left. */
    int expire(Instant untouchedSince, int atMost) {
        return jdbc.sql(
                        """
                        with idle as (
                            select id from carts
                            where status = 'OPEN' and not guest and id < ? and changed_at < ?
                            order by id limit ? for update skip locked)
                        update carts c
                        set status = 'EXPIRED', version = c.version + 1, changed_at = ?
                        from idle where c.id = idle.id
                        """)
                .params(firstOf(untouchedSince), at(untouchedSince), atMost, now())
                .update();
    }

    /** Guests' carts likewise, open or merged: nobody can ask for them any more. */
    int forgetGuests(Instant untouchedSince, int atMost) {
        return jdbc.sql(
                        """
                        with idle as (
                            select id from carts
                            where guest and id < ? and changed_at < ?
                            order by id limit ? for update skip locked),
                        lines as (
                            delete from cart_lines where cart_id in (select id from idle))
                        delete from carts where id in (select id from idle)
                        """)
                .params(firstOf(untouchedSince), at(untouchedSince), atMost)
                .update();
    }

    private int create(Cart cart) {
        var statement =
                jdbc.sql(CREATE)
                        .params(
                                cart.customerId(),
                                cart.id(),
                                cart.customerId(),
                                cart.isGuests(),
                                now());
        return lines(statement, List.of(cart)).query(Integer.class).single();
    }

    private int written(Collection<Cart> carts) {
        var gone = carts.stream().flatMap(cart -> cart.linesToDelete().stream()).toList();
        var rows = linesOf(carts);
        var linesStay = gone.isEmpty() && rows.isEmpty();
        var statement =
                jdbc.sql(linesStay ? WRITE_CARTS : WRITE)
                        .params(
                                now(),
                                array("uuid", carts, Cart::id),
                                array("text", carts, cart -> cart.status().name()),
                                array("uuid", carts, Cart::orderId),
                                array("int8", carts, Cart::version));
        return linesStay
                ? statement.update()
                : lines(statement.param(uuids(gone)), carts).query(Integer.class).single();
    }

    private static JdbcClient.StatementSpec lines(
            JdbcClient.StatementSpec statement, Collection<Cart> carts) {
        var rows = linesOf(carts);
        return statement.params(
                array("uuid", rows, row -> row.line().id()),
                array("uuid", rows, Row::cartId),
                array("uuid", rows, row -> row.line().product().id()),
                array("int4", rows, row -> row.line().quantity()),
                array("int8", rows, row -> row.line().seenPrice().minorUnits()),
                array("text", rows, row -> row.line().seenPrice().currency().getCurrencyCode()),
                array("int8", rows, row -> row.line().seenRevision()),
                array("text", rows, row -> row.mark() == null ? null : row.mark().why().name()),
                array("int4", rows, row -> row.mark() == null ? null : row.mark().available()),
                array(
                        "int8",
                        rows,
                        row ->
                                row.mark() == null || row.mark().was() == null
                                        ? null
                                        : row.mark().was().minorUnits()),
                array("bool", rows, row -> row.mark() == null || row.mark().acknowledged()));
    }

    private static List<Row> linesOf(Collection<Cart> carts) {
        return carts.stream()
                .flatMap(cart -> cart.linesToWrite().stream().map(line -> new Row(cart.id(), line)))
                .toList();
    }

    private Map<UUID, Cart> byId(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : read("where c.id = any(?) order by l.id", uuids(ids));
    }

    private Map<UUID, Cart> read(String which, Object param) {
        return jdbc.sql(CARTS + which)
                .param(param)
                .query(
                        row -> {
                            var reading = new Reading();
                            while (row.next()) {
                                reading.take(row);
                            }
                            return reading.carts();
                        });
    }

    /** From the current row on. */
    static Optional<Cart> firstOf(ResultSet row) throws SQLException {
        var reading = new Reading();
        do {
            reading.take(row);
        } while (row.next());
        return reading.carts().values().stream().findFirst();
    }

    /** Makes carts of rows, each with one of their lines. */
    private static class Reading {

        private record Head(
                Shopper shopper, CartStatus status, @Nullable UUID orderId, long version) {}

        private final Map<UUID, Head> heads = new LinkedHashMap<>();
        private final Map<UUID, List<CartLine>> lines = new HashMap<>();

        /** There may be no cart in it. */
        void take(ResultSet row) throws SQLException {
            var id = row.getObject("id", UUID.class);
            if (id == null) {
                return;
            }
            if (!heads.containsKey(id)) {
                heads.put(id, head(row));
                lines.put(id, new ArrayList<>());
            }
            if (row.getObject("line_id") != null) {
                lines.get(id).add(line(row));
            }
        }

        Map<UUID, Cart> carts() {
            var carts = new LinkedHashMap<UUID, Cart>();
            heads.forEach(
                    (id, head) ->
                            carts.put(
                                    id,
                                    new Cart(
                                            id,
                                            head.shopper(),
                                            head.status(),
                                            head.orderId(),
                                            head.version(),
                                            lines.get(id))));
            return carts;
        }

        private static Head head(ResultSet row) throws SQLException {
            return new Head(
                    new Shopper(row.getObject("customer_id", UUID.class), row.getBoolean("guest")),
                    CartStatus.valueOf(row.getString("status")),
                    row.getObject("order_id", UUID.class),
                    row.getLong("version"));
        }
    }

    private static CartLine line(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new CartLine(
                row.getObject("line_id", UUID.class),
                Products.product(row),
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
        return at(clock.instant());
    }

    /** No id of version 7 that was minted at that time or later is less. */
    private static UUID firstOf(Instant instant) {
        return new UUID(instant.toEpochMilli() << 16, 0);
    }

    private record Row(UUID cartId, CartLine line) {

        @Nullable Mark mark() {
            return line.mark();
        }
    }
}
