package duka.payment;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;
import static duka.sql.Rows.money;

import duka.events.LedgerEvent.Account;
import duka.events.LedgerEvent.Entry;
import duka.events.LedgerEvent.Movement;
import duka.events.LedgerEvent.Side;
import duka.events.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whom the captured money belongs to, by double entry: what a provider owes the shop, what the shop
 * owes its vendors, and what is its own. Entries are only ever added.
 */
@Repository
public class Ledger {

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    Ledger(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Whoever adds a posting also says it, in the same transaction. */
    public void add(Collection<Posting> postings) {
        batch.batchUpdate(
                """
                insert into ledger_entries (posting_id, account, vendor_id, side, amount, currency,
                    payment_id, order_id, movement, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                postings.stream()
                        .flatMap(
                                posting ->
                                        posting.entries().stream()
                                                .map(entry -> columns(posting, entry)))
                        .toList());
    }

    List<LedgerEntry> list(LedgerFilter filter, long offset, int limit) {
        var conditions = filter.conditions();
        return jdbc.sql(
                        """
                        select posting_id, movement, payment_id, order_id, at,
                               account, vendor_id, side, amount, currency
                          from ledger_entries %s
                         order by at desc, position desc offset :offset limit :limit
                        """
                                .formatted(conditions.where()))
                .params(conditions.parameters())
                .param("offset", offset)
                .param("limit", limit)
                .query((row, _) -> entry(row))
                .list();
    }

    long count(LedgerFilter filter) {
        var conditions = filter.conditions();
        return jdbc.sql("select count(*) from ledger_entries " + conditions.where())
                .params(conditions.parameters())
                .query(Long.class)
                .single();
    }

    /**
     * One for each currency.
     *
     * @param vendorId none for the shop's own, of which nothing is paid out
     */
    public List<Balance> balances(@Nullable UUID vendorId) {
        var account = vendorId == null ? Account.SHOP : Account.VENDOR;
        var conditions =
                new Conditions()
                        .and("account = :account", "account", account)
                        .and("vendor_id = :vendor", "vendor", vendorId);
        return jdbc.sql(
                        """
                        with moves as (
                            select currency, movement, case side when 'CREDIT' then amount else -amount end as amount
                              from ledger_entries %s)
                        select currency,
                               coalesce(sum(amount) filter (where movement = 'CAPTURE'), 0) as earned,
                               coalesce(-sum(amount) filter (where movement = 'REFUND'), 0) as reversed,
                               coalesce(-sum(amount) filter (where movement = 'PAYOUT'), 0) as paid_out
                          from moves group by currency order by currency
                        """
                                .formatted(conditions.where()))
                .params(conditions.parameters())
                .query(
                        (row, _) ->
                                new Balance(
                                        money(row, "earned"),
                                        money(row, "reversed"),
                                        money(row, "paid_out")))
                .list();
    }

    /** What a vendor is going to be charged for refunds that have not gone back yet. */
    public List<Money> refunding(UUID vendorId) {
        return jdbc.sql(
                        """
                        select p.currency,
                               ceil(sum(case when r.shares is null
                                        then r.amount * (s.share ->> 'amount')::numeric / greatest(p.amount, 1)
                                        else (s.share ->> 'amount')::numeric end)) as amount
                          from refunds r
                          join payments p on p.id = r.payment_id
                         cross join lateral jsonb_array_elements(coalesce(r.shares, p.shares)) as s(share)
                         where r.status in ('ASKED', 'REFUSED') and s.share ->> 'vendorId' = :vendor
                         group by p.currency
                        """)
                .param("vendor", vendorId.toString())
                .query((row, _) -> money(row, "amount"))
                .list();
    }

    /** Debits less credits of each currency in which they differ: none, unless there is a bug. */
    Map<String, Long> imbalances() {
        var imbalances = new HashMap<String, Long>();
        jdbc.sql(
                        """
                        select currency, sum(case side when 'DEBIT' then amount else -amount end) as surplus
                          from ledger_entries group by currency
                        having sum(case side when 'DEBIT' then amount else -amount end) <> 0
                        """)
                .query(
                        row -> {
                            imbalances.put(row.getString("currency"), row.getLong("surplus"));
                        });
        return imbalances;
    }

    private static @Nullable Object[] columns(Posting posting, Entry entry) {
        return new @Nullable Object[] {
            posting.id(),
            entry.account().name(),
            entry.vendorId(),
            entry.side().name(),
            entry.amount().minorUnits(),
            entry.amount().currency().getCurrencyCode(),
            posting.paymentId(),
            posting.orderId(),
            posting.movement().name(),
            at(posting.at())
        };
    }

    private static LedgerEntry entry(ResultSet row) throws SQLException {
        return new LedgerEntry(
                row.getObject("posting_id", UUID.class),
                Movement.valueOf(row.getString("movement")),
                row.getObject("payment_id", UUID.class),
                row.getObject("order_id", UUID.class),
                instant(row, "at"),
                new Entry(
                        Account.valueOf(row.getString("account")),
                        row.getObject("vendor_id", UUID.class),
                        Side.valueOf(row.getString("side")),
                        money(row, "amount")));
    }
}
