package duka.payment;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeAt;
import static duka.sql.Rows.maybeInstant;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import duka.events.Money;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentEvent.Action;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** All payments. Nothing deletes one. */
@Repository
class Payments {

    /** A payment's own row: all of it but its refunds. */
    private record Row(
            UUID id,
            Currency currency,
            PaymentStatus status,
            Function<List<Refund>, Payment> rest) {

        boolean mayHaveRefunds() {
            return status == PaymentStatus.CAPTURED
                    || status == PaymentStatus.REFUNDING
                    || status == PaymentStatus.REFUNDED;
        }
    }

    private record Share(@Nullable UUID vendorId, long amount) {}

    private static final String PAYMENTS =
            """
            select id, order_id, customer_id, amount, currency, shares, method, provider,
                   created_at, status, unwanted, token, reference, action, action_url, reason,
                   attempt, tries, due_at, leased_until, answered_at, traceparent
              from payments
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    Payments(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Always in the order of their ids, so that two who lock never wait for one another. */
    List<Payment> lockByOrder(Collection<UUID> orderIds) {
        return orderIds.isEmpty()
                ? List.of()
                : load(
                        "where order_id = any(:ids) order by id for update",
                        Map.of("ids", array(orderIds)));
    }

    List<Payment> lock(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : load("where id = any(:ids) order by id for update", Map.of("ids", array(ids)));
    }

    /** Payments whose provider should be asked now and whom nobody else is about to take. */
    List<Payment> lockDue(Instant now, int limit) {
        return load(
                """
                where due_at <= :now and (leased_until is null or leased_until <= :now)
                order by due_at limit :limit for update skip locked
                """,
                Map.of("now", at(now), "limit", limit));
    }

    Optional<Payment> find(UUID id) {
        return load("where id = :id", Map.of("id", id)).stream().findFirst();
    }

    Optional<Payment> findByOrder(UUID orderId) {
        return load("where order_id = :id", Map.of("id", orderId)).stream().findFirst();
    }

    Optional<Payment> findByReference(String provider, String reference) {
        return load(
                        "where provider = :provider and reference = :reference",
                        Map.of("provider", provider, "reference", reference))
                .stream()
                .findFirst();
    }

    /**
     * @param order what follows "order by"; columns of the table only
     */
    List<Payment> list(PaymentFilter filter, String order, long offset, int limit) {
        var parameters = new HashMap<String, Object>(filter.parameters());
        parameters.put("offset", offset);
        parameters.put("limit", limit);
        return load(
                filter.where() + " order by " + order + ", id desc offset :offset limit :limit",
                parameters);
    }

    long count(PaymentFilter filter) {
        return jdbc.sql("select count(*) from payments " + filter.where())
                .params(filter.parameters())
                .query(Long.class)
                .single();
    }

    /** Has the provider asked soon, if there is anything to ask. */
    boolean wake(UUID id, Instant now) {
        return jdbc.sql("update payments set due_at = :now where id = :id and due_at > :now")
                        .param("now", at(now))
                        .param("id", id)
                        .update()
                > 0;
    }

    /** The same, of an order whose customer or provider had not decided. */
    boolean wakeUndecided(UUID orderId, Instant now) {
        return jdbc.sql(
                                """
                                update payments set due_at = :now
                                 where order_id = :order and due_at > :now and status in ('AUTHORIZING', 'PENDING')
                                """)
                        .param("now", at(now))
                        .param("order", orderId)
                        .update()
                > 0;
    }

    Map<PaymentStatus, Long> countWaiting() {
        return jdbc
                .sql(
                        """
                        select status, count(*) as number from payments
                         where due_at is not null group by status
                        """)
                .query(
                        (row, _) ->
                                Map.entry(
                                        PaymentStatus.valueOf(row.getString("status")),
                                        row.getLong("number")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    long countRefusedRefunds() {
        return jdbc.sql("select count(*) from refunds where status = 'REFUSED'")
                .query(Long.class)
                .single();
    }

    /** Since when the longest waiting payment has waited for its provider to be asked. */
    Optional<Instant> oldestDue() {
        return jdbc.sql("select min(due_at) as oldest from payments where due_at is not null")
                .query((row, _) -> Optional.ofNullable(maybeInstant(row, "oldest")))
                .single();
    }

    void insert(Collection<Payment> payments, Instant now) {
        batch.batchUpdate(
                """
                insert into payments (id, order_id, customer_id, amount, currency, shares, method, provider, created_at,
                    status, unwanted, token, reference, action, action_url, reason, needs_staff,
                    attempt, tries, due_at, leased_until, answered_at, traceparent, updated_at)
                values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?,  ?, ?, ?, ?, ?, ?, ?, ?,  ?, ?, ?, ?, ?, ?, ?)
                """,
                payments.stream()
                        .map(payment -> concat(constants(payment), changing(payment, now)))
                        .toList());
    }

    void update(Collection<Payment> payments, Instant now) {
        batch.batchUpdate(
                """
                update payments
                   set status = ?, unwanted = ?, token = ?, reference = ?, action = ?, action_url = ?, reason = ?,
                       needs_staff = ?, attempt = ?, tries = ?, due_at = ?, leased_until = ?, answered_at = ?,
                       traceparent = ?, updated_at = ?
                 where id = ?
                """,
                payments.stream()
                        .map(payment -> concat(changing(payment, now), payment.id()))
                        .toList());
    }

    void saveRefunds(Collection<Payment> payments) {
        batch.batchUpdate(
                """
                insert into refunds
                    (id, payment_id, amount, shares, reason, asked_by, asked_at, status, attempt, note, done_at)
                values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set status = excluded.status, attempt = excluded.attempt,
                    note = excluded.note, done_at = excluded.done_at
                """,
                payments.stream()
                        .flatMap(
                                payment ->
                                        payment.refunds().stream()
                                                .map(refund -> columns(payment, refund)))
                        .toList());
    }

    private static @Nullable Object[] constants(Payment payment) {
        return new Object[] {
            payment.id(),
            payment.orderId(),
            payment.customerId(),
            payment.amount().minorUnits(),
            payment.amount().currency().getCurrencyCode(),
            json(payment.shares()),
            payment.method().name(),
            payment.provider(),
            at(payment.createdAt())
        };
    }

    private static @Nullable Object[] changing(Payment payment, Instant now) {
        var state = payment.state();
        return new @Nullable Object[] {
            state.status().name(),
            state.unwanted(),
            token(state),
            state.reference(),
            action(state),
            state.actionUrl(),
            state.reason(),
            payment.needsStaff(),
            state.attempt(),
            state.tries(),
            maybeAt(state.dueAt()),
            maybeAt(state.leasedUntil()),
            maybeAt(state.answeredAt()),
            state.traceparent(),
            at(now)
        };
    }

    private static @Nullable Object[] columns(Payment payment, Refund refund) {
        return new @Nullable Object[] {
            refund.id(),
            payment.id(),
            refund.amount().minorUnits(),
            refund.shares() == null ? null : json(refund.shares()),
            refund.reason(),
            refund.askedBy(),
            at(refund.askedAt()),
            refund.status().name(),
            refund.attempt(),
            refund.note(),
            maybeAt(refund.doneAt())
        };
    }

    private static @Nullable Object[] concat(@Nullable Object[] some, @Nullable Object... more) {
        return Stream.of(some, more).flatMap(Arrays::stream).toArray();
    }

    private List<Payment> load(String where, Map<String, ?> parameters) {
        var rows = jdbc.sql(PAYMENTS + where).params(parameters).query((row, _) -> row(row)).list();
        var refunds = refunds(rows.stream().filter(Row::mayHaveRefunds).toList());
        return rows.stream()
                .map(row -> row.rest().apply(refunds.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private Map<UUID, List<Refund>> refunds(List<Row> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        var currencies = rows.stream().collect(toMap(Row::id, Row::currency));
        return jdbc
                .sql(
                        """
                        select id, payment_id, amount, shares, reason, asked_by, asked_at,
                               status, attempt, note, done_at
                          from refunds where payment_id = any(:ids) order by asked_at, id
                        """)
                .param("ids", array(currencies.keySet()))
                .query(
                        (row, _) -> {
                            var paymentId = row.getObject("payment_id", UUID.class);
                            return Map.entry(paymentId, refund(row, currencies.get(paymentId)));
                        })
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private static Refund refund(ResultSet row, Currency currency) throws SQLException {
        var shares = row.getString("shares");
        return new Refund(
                row.getObject("id", UUID.class),
                new Money(row.getLong("amount"), currency),
                shares == null ? null : shares(shares, currency),
                row.getString("reason"),
                row.getObject("asked_by", UUID.class),
                instant(row, "asked_at"),
                Refund.Status.valueOf(row.getString("status")),
                row.getInt("attempt"),
                row.getString("note"),
                maybeInstant(row, "done_at"));
    }

    private static Row row(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var orderId = row.getObject("order_id", UUID.class);
        var customerId = row.getObject("customer_id", UUID.class);
        var currency = Currency.getInstance(row.getString("currency"));
        var amount = new Money(row.getLong("amount"), currency);
        var shares = shares(row.getString("shares"), currency);
        var method = PaymentMethod.valueOf(row.getString("method"));
        var provider = row.getString("provider");
        var createdAt = instant(row, "created_at");
        var token = row.getString("token");
        var action = row.getString("action");
        var state =
                new Payment.State(
                        PaymentStatus.valueOf(row.getString("status")),
                        row.getBoolean("unwanted"),
                        token == null ? null : new Sealed(token),
                        row.getString("reference"),
                        action == null ? null : Action.valueOf(action),
                        row.getString("action_url"),
                        row.getString("reason"),
                        row.getInt("attempt"),
                        row.getInt("tries"),
                        maybeInstant(row, "due_at"),
                        maybeInstant(row, "leased_until"),
                        maybeInstant(row, "answered_at"),
                        row.getString("traceparent"));
        return new Row(
                id,
                currency,
                state.status(),
                refunds ->
                        new Payment(
                                id,
                                orderId,
                                customerId,
                                amount,
                                shares,
                                method,
                                provider,
                                createdAt,
                                state,
                                refunds));
    }

    private static String json(List<VendorShare> shares) {
        return JSON.writeValueAsString(
                shares.stream()
                        .map(share -> new Share(share.vendorId(), share.amount().minorUnits()))
                        .toList());
    }

    private static List<VendorShare> shares(String json, Currency currency) {
        return Arrays.stream(JSON.readValue(json, Share[].class))
                .map(
                        share ->
                                new VendorShare(
                                        share.vendorId(), new Money(share.amount(), currency)))
                .toList();
    }

    private static @Nullable String token(Payment.State state) {
        return state.token() == null ? null : state.token().ciphertext();
    }

    private static @Nullable String action(Payment.State state) {
        return state.action() == null ? null : state.action().name();
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
