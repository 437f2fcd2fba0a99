package duka.payment.payout;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.maybeInstant;
import static duka.sql.Rows.money;
import static java.util.stream.Collectors.toMap;

import duka.events.Money;
import duka.events.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All payouts. Nothing deletes one. */
@Repository
class Payouts {

    private static final String COLUMNS =
            """
            id, vendor_id, amount, currency, provider, bank_code, bank_name, number, last_four,
            status, reference, reason, tries, requested_at, ended_at
            """;

    private final JdbcClient jdbc;

    Payouts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Payout payout) {
        jdbc.sql(
                        """
                        insert into payouts (id, vendor_id, amount, currency, provider, bank_code, bank_name, number, last_four,
                            status, tries, requested_at, due_at)
                        values (:id, :vendor, :amount, :currency, :provider, :bankCode, :bankName, :number, :lastFour,
                            :status, :tries, :requestedAt, :requestedAt)
                        """)
                .param("id", payout.id())
                .param("vendor", payout.vendorId())
                .param("amount", payout.amount().minorUnits())
                .param("currency", payout.amount().currency().getCurrencyCode())
                .param("provider", payout.provider())
                .param("bankCode", payout.bank().code())
                .param("bankName", payout.bank().name())
                .param("number", payout.number().ciphertext())
                .param("lastFour", payout.lastFour())
                .param("status", payout.status().name())
                .param("tries", payout.tries())
                .param("requestedAt", at(payout.requestedAt()))
                .update();
    }

    /** Leases the payout that has waited longest and that nobody else has, to ask about it. */
    Optional<Payout> lease(Instant now, Instant until) {
        return jdbc.sql(
                        """
                        update payouts set due_at = :until, tries = tries + 1
                         where id = (select id from payouts where status = 'REQUESTED' and due_at <= :now
                                      order by due_at limit 1 for update skip locked)
                        returning %s
                        """
                                .formatted(COLUMNS))
                .param("now", at(now))
                .param("until", at(until))
                .query((row, _) -> payout(row))
                .optional();
    }

    /** False if it has ended before: then the answer came twice. */
    boolean end(
            UUID id,
            Payout.Status status,
            @Nullable String reference,
            @Nullable String reason,
            Instant now) {
        return jdbc.sql(
                                """
                                update payouts set status = :status, reference = :reference, reason = :reason,
                                       ended_at = :now, due_at = null
                                 where id = :id and status = 'REQUESTED'
                                """)
                        .param("id", id)
                        .param("status", status.name())
                        .param("reference", reference)
                        .param("reason", reason)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    void askAgain(UUID id, Instant when) {
        jdbc.sql("update payouts set due_at = :at where id = :id and status = 'REQUESTED'")
                .param("id", id)
                .param("at", at(when))
                .update();
    }

    /** What is reserved for payouts under way. */
    Map<Currency, Money> requested(UUID vendorId) {
        return jdbc
                .sql(
                        """
                        select currency, sum(amount) as amount from payouts
                         where vendor_id = :vendor and status = 'REQUESTED' group by currency
                        """)
                .param("vendor", vendorId)
                .query((row, _) -> money(row, "amount"))
                .list()
                .stream()
                .collect(toMap(Money::currency, money -> money));
    }

    /** Vendors whose ledger accounts have ever moved, in the order of their ids. */
    List<UUID> vendors() {
        return jdbc.sql(
                        """
                        select distinct vendor_id from ledger_entries where vendor_id is not null order by vendor_id
                        """)
                .query(UUID.class)
                .list();
    }

    /** The same, but for those who have been paid something since. */
    List<UUID> vendorsUnpaidSince(Instant since) {
        return jdbc.sql(
                        """
                        select vendor_id from ledger_entries where vendor_id is not null
                        except select vendor_id from payouts where requested_at >= :since
                        order by vendor_id
                        """)
                .param("since", at(since))
                .query(UUID.class)
                .list();
    }

    Optional<Payout> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + "from payouts where id = :id")
                .param("id", id)
                .query((row, _) -> payout(row))
                .optional();
    }

    /**
     * @param order what follows "order by"; columns of the table only
     */
    List<Payout> list(PayoutFilter filter, String order, long offset, int limit) {
        var conditions = filter.conditions();
        return jdbc.sql(
                        "select %s from payouts %s order by %s, id desc offset :offset limit :limit"
                                .formatted(COLUMNS, conditions.where(), order))
                .params(conditions.parameters())
                .param("offset", offset)
                .param("limit", limit)
                .query((row, _) -> payout(row))
                .list();
    }

    long count(PayoutFilter filter) {
        var conditions = filter.conditions();
        return jdbc.sql("select count(*) from payouts " + conditions.where())
                .params(conditions.parameters())
                .query(Long.class)
                .single();
    }

    private static Payout payout(ResultSet row) throws SQLException {
        return new Payout(
                row.getObject("id", UUID.class),
                row.getObject("vendor_id", UUID.class),
                money(row, "amount"),
                row.getString("provider"),
                new Bank(row.getString("bank_code"), row.getString("bank_name")),
                new Sealed(row.getString("number")),
                row.getString("last_four"),
                Payout.Status.valueOf(row.getString("status")),
                row.getString("reference"),
                row.getString("reason"),
                row.getInt("tries"),
                instant(row, "requested_at"),
                maybeInstant(row, "ended_at"));
    }
}
