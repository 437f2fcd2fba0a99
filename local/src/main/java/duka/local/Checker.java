package duka.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the shop has written everywhere, in the databases, on Kafka and in the payment
 * provider's own log, and says in words where that breaks one of the invariants.
 */
public final class Checker {

    /**
     * What must find nothing.
     *
     * @param invariant its number in the design
     * @param sql answers one text for each violation
     */
    private record Rule(int invariant, String sql) {

        /** Orders that are past the pivot and were not taken back. */
        private static final String SOLD =
                "('CONFIRMED', 'PARTLY_SHIPPED', 'SHIPPED', 'DELIVERED')";

        Rule {
            sql = sql.replace("{sold}", SOLD);
        }
    }

    private static final int SHOWN = 10;

    private static final List<String> SCHEMAS =
            Part.withSchema().stream().map(part -> part.schema().orElseThrow()).toList();

    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            1,
                            """
                            select format('product %s has %s on hand, but its movements come to %s', s.product_id, s.on_hand, coalesce(m.total, 0))
                            from catalog.stock s
                            left join (select product_id, sum(quantity) total from catalog.stock_movements group by 1) m using (product_id)
                            where s.on_hand <> coalesce(m.total, 0)
                            """),
                    new Rule(
                            1,
                            """
                            select format('product %s has %s reserved, but its held lines come to %s', s.product_id, s.reserved, coalesce(h.total, 0))
                            from catalog.stock s
                            left join (select l.product_id, sum(l.quantity) total
                                       from catalog.reservation_lines l join catalog.reservations r using (order_id)
                                       where r.status = 'HELD' group by 1) h using (product_id)
                            where s.reserved <> coalesce(h.total, 0) or s.reserved not between 0 and s.on_hand
                            """),
                    new Rule(
                            1,
                            """
                            select format('order %s took %s of product %s, its reservation says %s', r.order_id, coalesce(m.total, 0), l.product_id, l.quantity)
                            from catalog.reservations r join catalog.reservation_lines l using (order_id)
                            left join (select order_id, product_id, -sum(quantity) filter (where kind = 'TAKEN') total
                                       from catalog.stock_movements where order_id is not null group by 1, 2) m using (order_id, product_id)
                            where coalesce(m.total, 0) <> case when r.status in ('TAKEN', 'RETURNED') then l.quantity else 0 end
                            """),
                    new Rule(
                            2,
                            """
                            select format('%s of product %s are sold, but only %s were ever supplied', sold.units, sold.product_id, coalesce(supplied.units, 0))
                            from (select l.product_id, sum(l.quantity - l.cancelled) units
                                  from orders.orders o join orders.order_lines l on l.order_id = o.id
                                  where o.status in {sold} group by 1) sold
                            left join (select product_id, sum(quantity) units from catalog.stock_movements
                                       where kind in ('INITIAL', 'RESTOCKED', 'ADJUSTED') group by 1) supplied using (product_id)
                            where sold.units > coalesce(supplied.units, 0)
                            """),
                    new Rule(
                            3,
                            """
                            select format('order %s is %s at %s, but the provider holds %s after %s captures', o.id, o.status, o.total, coalesce(p.captured, 0), coalesce(p.captures, 0))
                            from orders.orders o
                            left join provider p on p.order_id = o.id
                            where o.status in {sold} and o.payment_method = 'CARD' and o.total > 0
                              and (coalesce(p.captured, 0) <> o.total or p.captures <> 1 or p.live > 0)
                            """),
                    new Rule(
                            3,
                            """
                            select format('order %s is %s, but the provider keeps %s of it and %s live authorizations', o.id, o.status, p.captured - p.refunded, p.live)
                            from orders.orders o join provider p on p.order_id = o.id
                            left join (select y.order_id, sum(r.amount) amount from payment.refunds r join payment.payments y on y.id = r.payment_id
                                       where r.status = 'SETTLED' group by 1) settled on settled.order_id = o.id
                            where o.status in ('REJECTED', 'CANCELLED', 'RETURNED') and (p.captured <> p.refunded + coalesce(settled.amount, 0) or p.live > 0)
                            """),
                    new Rule(
                            3,
                            """
                            select format('order %s was captured at %s, but confirmed %s', o.id, p.first_capture, coalesce('at ' || o.confirmed_at, 'never'))
                            from orders.orders o join provider p on p.order_id = o.id
                            where p.first_capture < coalesce(o.confirmed_at, 'infinity')
                            """),
                    new Rule(
                            3,
                            """
                            select format('for order %s the provider refunded %s of %s', order_id, refunded, captured)
                            from provider where refunded > captured
                            """),
                    new Rule(
                            3,
                            """
                            select format('for order %s our books have %s captured and %s refunded, the provider %s and %s', coalesce(b.order_id, p.order_id), coalesce(b.captured, 0), coalesce(b.refunded, 0), coalesce(p.captured, 0), coalesce(p.refunded, 0))
                            from (select l.order_id,
                                         coalesce(sum(l.amount) filter (where l.movement = 'CAPTURE' and l.side = 'DEBIT'), 0) captured,
                                         coalesce(sum(l.amount) filter (where l.movement = 'REFUND' and l.side = 'CREDIT'), 0) refunded
                                  from payment.ledger_entries l where l.account = 'PROVIDER' and l.order_id is not null group by 1) b
                            full join provider p using (order_id)
                            where coalesce(b.captured, 0) <> coalesce(p.captured, 0) or coalesce(b.refunded, 0) <> coalesce(p.refunded, 0)
                            """),
                    new Rule(
                            3,
                            """
                            select format('the provider knows an order %s that has no payment', p.order_id)
                            from provider p left join payment.payments y using (order_id) where y.id is null
                            """),
                    new Rule(
                            3,
                            """
                            select format('of payment %s %s were paid back, its refunds come to %s', y.id, coalesce(p.refunded, 0), coalesce(r.total, 0))
                            from payment.payments y
                            left join provider p using (order_id)
                            left join (select payment_id, sum(amount) total from payment.refunds where done_at is not null group by 1) r on r.payment_id = y.id
                            where y.method = 'CARD' and coalesce(p.refunded, 0) <> coalesce(r.total, 0)
                            """),
                    new Rule(
                            4,
                            """
                            select format('cart %s has become %s orders that live', cart_id, count(*))
                            from orders.orders where status not in ('REJECTED', 'CANCELLED') group by cart_id having count(*) > 1
                            """),
                    new Rule(
                            4,
                            """
                            select format('order %s and its checkout do not know each other', coalesce(c.order_id, o.id))
                            from cart.checkouts c full join orders.orders o on o.id = c.order_id
                            where o.id is null or c.order_id is null
                            """),
                    new Rule(
                            4,
                            """
                            select format('order %s is %s, its checkout %s', o.id, o.status, c.status)
                            from cart.checkouts c join orders.orders o on o.id = c.order_id
                            where c.status <> case
                                when o.confirmed_at is not null then 'CONFIRMED'
                                when o.status in ('PLACED', 'AWAITING_PAYMENT') then 'PENDING'
                                else o.status end
                            """),
                    new Rule(
                            5,
                            """
                            select format('order %s is %s past its deadline %s', id, status, deadline)
                            from orders.orders where status in ('PLACED', 'AWAITING_PAYMENT') and deadline < now() - interval '30 seconds'
                            """),
                    new Rule(
                            5,
                            """
                            select format('payment %s of order %s is still %s', id, order_id, status)
                            from payment.payments where status in ('AUTHORIZING', 'CAPTURING', 'VOIDING', 'REFUNDING')
                            """),
                    new Rule(
                            5,
                            """
                            select format('cart %s is CHECKED_OUT, its order %s is %s', c.id, c.order_id, coalesce(o.status, 'unknown'))
                            from cart.carts c left join orders.orders o on o.id = c.order_id
                            where c.status = 'CHECKED_OUT' and coalesce(o.status, '') not in ('PLACED', 'AWAITING_PAYMENT')
                            """),
                    new Rule(
                            6,
                            """
                            select format('order %s is %s, its reservation is %s', r.order_id, coalesce(o.status, 'unknown'), r.status)
                            from catalog.reservations r left join orders.orders o on o.id = r.order_id
                            where not coalesce(case r.status
                                when 'HELD' then o.status in ('PLACED', 'AWAITING_PAYMENT')
                                when 'REFUSED' then o.status in ('REJECTED', 'CANCELLED')
                                when 'TAKEN' then o.status in {sold}
                                when 'RELEASED' then o.status = 'CANCELLED' and o.confirmed_at is null
                                when 'RETURNED' then o.status in ('CANCELLED', 'RETURNED') and o.confirmed_at is not null
                                end, false)
                            """),
                    new Rule(
                            6,
                            """
                            select format('order %s is %s without a reservation', o.id, o.status)
                            from orders.orders o left join catalog.reservations r on r.order_id = o.id
                            where r.order_id is null and o.status not in ('PLACED', 'CANCELLED')
                            """),
                    new Rule(
                            6,
                            """
                            select format('order %s is %s, its payment is %s', y.order_id, coalesce(o.status, 'unknown'), y.status)
                            from payment.payments y left join orders.orders o on o.id = y.order_id
                            where not coalesce(case
                                when o.status = 'AWAITING_PAYMENT' then y.status in ('AUTHORIZING', 'PENDING', 'AUTHORIZED')
                                when o.status = 'DELIVERED' then y.status = 'CAPTURED'
                                when o.status in {sold} then y.status = case when y.method = 'CARD' then 'CAPTURED' else 'AUTHORIZED' end
                                when o.status in ('CANCELLED', 'RETURNED') then y.status in ('DECLINED', 'VOIDED', 'REFUNDED')
                                end, false)
                            """),
                    new Rule(
                            6,
                            """
                            select format('order %s is %s without a payment', o.id, o.status)
                            from orders.orders o left join payment.payments y on y.order_id = o.id
                            where y.id is null and o.status not in ('PLACED', 'AWAITING_PAYMENT', 'REJECTED', 'CANCELLED')
                            """),
                    new Rule(
                            7,
                            """
                            select format('posting %s in %s has debits of %s and credits of %s', posting_id, currency, sum(amount) filter (where side = 'DEBIT'), sum(amount) filter (where side = 'CREDIT'))
                            from payment.ledger_entries group by posting_id, currency
                            having sum(case side when 'DEBIT' then amount else -amount end) <> 0
                            """),
                    new Rule(
                            7,
                            """
                            select format('payment %s of %s is %s, the ledger has captured %s', y.id, y.amount, y.status, coalesce(l.captured, 0))
                            from payment.payments y
                            left join (select payment_id, sum(amount) captured from payment.ledger_entries
                                       where movement = 'CAPTURE' and side = 'DEBIT' group by 1) l on l.payment_id = y.id
                            where coalesce(l.captured, 0) <> case when y.status in ('CAPTURED', 'REFUNDING', 'REFUNDED') then y.amount else 0 end
                            """),
                    new Rule(
                            7,
                            """
                            select format('payout %s of %s is %s, the ledger has paid %s', p.id, p.amount, p.status, coalesce(l.paid, 0))
                            from payment.payouts p
                            left join (select posting_id, sum(amount) paid from payment.ledger_entries
                                       where movement = 'PAYOUT' and side = 'DEBIT' group by 1) l on l.posting_id = p.id
                            where coalesce(l.paid, 0) <> case when p.status = 'PAID' then p.amount else 0 end
                            """),
                    new Rule(
                            7,
                            """
                            select format('vendor %s has sold for %s in order %s, the ledger has earned %s', vendor_id, coalesce(sold, 0), order_id, coalesce(earned, 0))
                            from (select l.order_id, l.vendor_id, sum(l.quantity * l.unit_price) sold
                                  from orders.order_lines l join payment.payments y using (order_id)
                                  where l.vendor_id is not null and y.status in ('CAPTURED', 'REFUNDING', 'REFUNDED') group by 1, 2) o
                            full join (select order_id, vendor_id, sum(case side when 'CREDIT' then amount else -amount end) earned from payment.ledger_entries
                                       where movement = 'CAPTURE' and account = 'VENDOR' group by 1, 2) l using (order_id, vendor_id)
                            where coalesce(sold, 0) <> coalesce(earned, 0)
                            """),
                    new Rule(
                            7,
                            """
                            select format('vendor %s keeps %s of order %s, whose payment is %s', l.vendor_id, l.kept, y.order_id, y.status)
                            from payment.payments y
                            join (select payment_id, vendor_id, sum(case side when 'CREDIT' then amount else -amount end) kept from payment.ledger_entries
                                  where account = 'VENDOR' group by 1, 2) l on l.payment_id = y.id
                            where l.kept < 0 or y.status = 'REFUNDED' and l.kept <> 0
                            """),
                    new Rule(
                            9,
                            """
                            select format('order %s has product %s at %s, it was reserved at %s', l.order_id, l.product_id, l.unit_price, r.unit_price)
                            from orders.order_lines l
                            join catalog.reservation_lines r using (order_id, product_id)
                            join catalog.reservations v using (order_id)
                            where v.status <> 'REFUSED' and (l.unit_price <> r.unit_price or l.quantity <> r.quantity)
                            """),
                    new Rule(
                            9,
                            """
                            select format('order %s costs %s, its lines come to %s', o.id, o.total, sum(l.quantity * l.unit_price))
                            from orders.orders o join orders.order_lines l on l.order_id = o.id
                            group by o.id having o.total <> sum(l.quantity * l.unit_price)
                            """));

    private final Shop shop;

    private Checker(Shop shop) {
        this.shop = shop;
    }

    public static Checker of(Shop shop) {
        return new Checker(shop);
    }

    /**
     * Waits until nothing is on its way any more: every outbox empty, every event taken in, no
     * question to the payment provider open.
     *
     * @return false if that took too long
     */
    public boolean awaitQuiet(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try (var connection = shop.connect();
                var admin = Admin.create(Map.of("bootstrap.servers", shop.bootstrapServers()))) {
            int quiet = 0;
            while (quiet < 3) {
                if (System.nanoTime() > end) {
                    return false;
                }
                quiet = onItsWay(connection) == 0 && lag(admin) == 0 ? quiet + 1 : 0;
                Processes.pause(Duration.ofMillis(200));
            }
            return true;
        } catch (SQLException | ExecutionException e) {
            throw new Trouble("Cannot look whether the shop is quiet: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.", e);
        }
    }

    /**
     * What waits for somebody to take it in.
     *
     * @param outbox events that Kafka does not have yet
     * @param lag records that a listener has not taken in yet
     */
    record Backlog(long outbox, long lag) {}

    Backlog backlog() {
        try (var connection = shop.connect();
                var admin = Admin.create(Map.of("bootstrap.servers", shop.bootstrapServers()));
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                SCHEMAS.stream()
                                        .map("(select count(*) from %s.outbox)"::formatted)
                                        .collect(Collectors.joining(" + ", "select ", "")))) {
            rows.next();
            return new Backlog(rows.getLong(1), lag(admin));
        } catch (SQLException | ExecutionException e) {
            throw new Trouble("Cannot look what waits in the shop: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.", e);
        }
    }

    private static long onItsWay(Connection connection) throws SQLException {
        var counts = new ArrayList<String>();
        SCHEMAS.forEach(schema -> counts.add("(select count(*) from %s.outbox)".formatted(schema)));
        counts.add(
                "(select count(*) from payment.payments where status in ('AUTHORIZING', 'CAPTURING', 'VOIDING', 'REFUNDING') and not needs_staff)");
        counts.add("(select count(*) from payment.refunds where status = 'ASKED')");
        counts.add("(select count(*) from payment.payouts where status = 'REQUESTED')");
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select " + String.join(" + ", counts))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** How many records lie in the topics that a listener has not taken in yet. */
    private static long lag(Admin admin) throws ExecutionException, InterruptedException {
        long lag = 0;
        for (var group : admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get()) {
            var read =
                    admin.listConsumerGroupOffsets(group.groupId())
                            .partitionsToOffsetAndMetadata()
                            .get();
            read.values().removeIf(offset -> offset == null);
            var ends = ends(admin, List.copyOf(read.keySet()));
            for (var partition : read.entrySet()) {
                lag += Math.max(0, ends.get(partition.getKey()) - partition.getValue().offset());
            }
        }
        return lag;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(asked).all().get().forEach((at, end) -> ends.put(at, end.offset()));
        return ends;
    }

    /** In words, each with the number of the invariant that it breaks; empty if all is well. */
    public List<String> violations() {
        var violations = new ArrayList<String>();
        try (var connection = shop.connect()) {
            loadProvider(connection);
            for (Rule rule : RULES) {
                find(connection, rule, violations);
            }
            for (String schema : SCHEMAS) {
                find(connection, unsent(schema), violations);
                find(connection, parked(schema), violations);
            }
        } catch (SQLException e) {
            throw new Trouble("Cannot check the books: " + e.getMessage(), e);
        }
        violations.addAll(new EventCheck(shop).violations());
        return List.copyOf(violations);
    }

    private static Rule unsent(String schema) {
        return new Rule(
                8,
                "select format('%1$s has not sent %%s of order or product %%s', type, key) from %1$s.outbox"
                        .formatted(schema));
    }

    private static Rule parked(String schema) {
        return new Rule(
                8,
                "select format('%1$s has parked %%s under %%s: %%s', type, key, reason) from %1$s.dead_letters"
                        .formatted(schema));
    }

    private static void find(Connection connection, Rule rule, List<String> violations)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(rule.sql())) {
            int found = 0;
            while (rows.next()) {
                found++;
                if (found <= SHOWN) {
                    violations.add("%d: %s".formatted(rule.invariant(), rows.getString(1)));
                }
            }
            if (found > SHOWN) {
                violations.add(
                        "%d: and %d more like it".formatted(rule.invariant(), found - SHOWN));
            }
        }
    }

    /** The provider's own log, summed up for each of our orders, as one more table. */
    private void loadProvider(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    """
                    create temp table provider_log (order_id uuid, authorization_id text, kind text, amount bigint, at timestamptz)
                    on commit preserve rows
                    """);
        }
        try (var insert =
                connection.prepareStatement(
                        "insert into provider_log values (?::uuid, ?, ?, ?, ?::timestamptz)")) {
            for (JsonNode entry : providerLog()) {
                insert.setString(1, entry.path("reference").asString());
                insert.setString(2, entry.path("authorization_id").asString());
                insert.setString(3, entry.path("kind").asString());
                insert.setLong(4, entry.path("amount_minor").asLong());
                insert.setString(5, entry.path("at").asString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (var statement = connection.createStatement()) {
            statement.execute(
                    """
                    create temp table provider on commit preserve rows as
                    select order_id,
                           coalesce(sum(amount) filter (where kind = 'CAPTURED'), 0) captured,
                           count(*) filter (where kind = 'CAPTURED') captures,
                           min(at) filter (where kind = 'CAPTURED') first_capture,
                           coalesce(sum(amount) filter (where kind = 'REFUNDED'), 0) refunded,
                           count(distinct authorization_id) filter (where kind in ('PENDING', 'AUTHORIZED'))
                             - count(distinct authorization_id) filter (where kind in ('DECLINED', 'CAPTURED', 'VOIDED')
                               and authorization_id in (select authorization_id from provider_log where kind in ('PENDING', 'AUTHORIZED'))) live
                    from provider_log group by order_id
                    """);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private List<JsonNode> providerLog() {
        var request =
                HttpRequest.newBuilder(URI.create(shop.url(Part.SIMULATOR) + "/v1/log"))
                        .header("Authorization", "Bearer " + shop.secrets().of("simulator.api-key"))
                        .timeout(Duration.ofMinutes(1))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new Trouble(
                        "The payment simulator does not show its log: " + answer.statusCode());
            }
            return answer.body().map(Api.JSON::readTree).toList();
        } catch (IOException e) {
            throw new Trouble("The payment simulator does not show its log: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("Interrupted.", e);
        }
    }
}
