package duka.payment;

import static duka.payment.LedgerEntry.Side.CREDIT;
import static duka.payment.LedgerEntry.Side.DEBIT;

import duka.events.Money;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentMethod;
import duka.payment.LedgerEntry.Account;
import duka.payment.LedgerEntry.Movement;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
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
class Ledger {

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;

    Ledger(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    static List<LedgerEntry> capture(Payment payment, Instant at) {
        var none = Money.zero(payment.amount().currency());
        return posting(payment.id(), payment, Movement.CAPTURE, none, payment.amount(), at);
    }

    /**
     * @param before what had been refunded earlier, so that the vendors' parts add up to a cent
     */
    static List<LedgerEntry> refund(Payment payment, Refund refund, Money before, Instant at) {
        return posting(refund.id(), payment, Movement.REFUND, before, refund.amount(), at);
    }

    void add(Collection<LedgerEntry> entries) {
        batch.batchUpdate(
                """
                insert into ledger_entries (posting_id, account, vendor_id, side, amount, currency,
                    payment_id, order_id, movement, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                entries.stream()
                        .map(
                                entry ->
                                        new @Nullable Object[] {
                                            entry.postingId(),
                                            entry.account().name(),
                                            entry.vendorId(),
                                            entry.side().name(),
                                            entry.amount().minorUnits(),
                                            entry.amount().currency().getCurrencyCode(),
                                            entry.paymentId(),
                                            entry.orderId(),
                                            entry.movement().name(),
                                            entry.at().atOffset(ZoneOffset.UTC)
                                        })
                        .toList());
    }

    List<LedgerEntry> list(LedgerFilter filter, long offset, int limit) {
        var parameters = new HashMap<String, Object>(filter.parameters());
        parameters.put("offset", offset);
        parameters.put("limit", limit);
        return jdbc.sql(
                        "select * from ledger_entries "
                                + filter.where()
                                + " order by position desc offset :offset limit :limit")
                .params(parameters)
                .query(
                        (row, _) ->
                                new LedgerEntry(
                                        row.getObject("posting_id", UUID.class),
                                        Account.valueOf(row.getString("account")),
                                        row.getObject("vendor_id", UUID.class),
                                        LedgerEntry.Side.valueOf(row.getString("side")),
                                        new Money(
                                                row.getLong("amount"),
                                                Currency.getInstance(row.getString("currency"))),
                                        row.getObject("payment_id", UUID.class),
                                        row.getObject("order_id", UUID.class),
                                        Movement.valueOf(row.getString("movement")),
                                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    long count(LedgerFilter filter) {
        return jdbc.sql("select count(*) from ledger_entries " + filter.where())
                .params(filter.parameters())
                .query(Long.class)
                .single();
    }

    /** Earned less reversed, one amount for each currency. */
    List<Money> balance(Account account, @Nullable UUID vendorId) {
        var filter = new LedgerFilter(account, vendorId, null);
        return jdbc.sql(
                        """
                        select currency, sum(case side when 'CREDIT' then amount else -amount end) as balance
                          from ledger_entries %s group by currency order by currency
                        """
                                .formatted(filter.where()))
                .params(filter.parameters())
                .query(
                        (row, _) ->
                                new Money(
                                        row.getLong("balance"),
                                        Currency.getInstance(row.getString("currency"))))
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

    private static List<LedgerEntry> posting(
            UUID postingId,
            Payment payment,
            Movement movement,
            Money before,
            Money moved,
            Instant at) {
        var entries = new ArrayList<LedgerEntry>();
        var inflow = movement == Movement.CAPTURE;
        var source = payment.method() == PaymentMethod.CARD ? Account.PROVIDER : Account.CASH;
        var shares = shares(payment);
        var earlier = apportion(before, shares, payment.amount());
        var now = apportion(before.plus(moved), shares, payment.amount());
        entries.add(entry(postingId, payment, movement, source, null, inflow, moved, at));
        for (var index = 0; index < shares.size(); index++) {
            var vendorId = shares.get(index).vendorId();
            entries.add(
                    entry(
                            postingId,
                            payment,
                            movement,
                            vendorId == null ? Account.SHOP : Account.VENDOR,
                            vendorId,
                            !inflow,
                            now.get(index).minus(earlier.get(index)),
                            at));
        }
        return entries.stream().filter(entry -> entry.amount().minorUnits() != 0).toList();
    }

    /** What no vendor has sold is the shop's, which comes last and takes what rounding leaves. */
    private static List<VendorShare> shares(Payment payment) {
        var vendors = payment.shares().stream().filter(share -> share.vendorId() != null).toList();
        var rest = vendors.stream().map(VendorShare::amount).reduce(payment.amount(), Money::minus);
        var shares = new ArrayList<>(vendors);
        shares.add(new VendorShare(null, rest));
        return shares;
    }

    /**
     * Splits a part of the whole as the shares split the whole. Each share's part of what has been
     * refunded so far is rounded, not each refund's, so that the last refund leaves nothing over.
     */
    private static List<Money> apportion(Money part, List<VendorShare> shares, Money whole) {
        var parts = new ArrayList<Money>();
        var taken = Money.zero(part.currency());
        var cumulated = Money.zero(part.currency());
        for (var share : shares) {
            cumulated = cumulated.plus(share.amount());
            var upToHere =
                    whole.minorUnits() == 0
                            ? Money.zero(part.currency())
                            : new Money(
                                    BigInteger.valueOf(part.minorUnits())
                                            .multiply(BigInteger.valueOf(cumulated.minorUnits()))
                                            .divide(BigInteger.valueOf(whole.minorUnits()))
                                            .longValueExact(),
                                    part.currency());
            parts.add(upToHere.minus(taken));
            taken = upToHere;
        }
        return parts;
    }

    /** A negative amount, which rounding can leave, stands positive on the other side. */
    private static LedgerEntry entry(
            UUID postingId,
            Payment payment,
            Movement movement,
            Account account,
            @Nullable UUID vendorId,
            boolean debit,
            Money amount,
            Instant at) {
        var negative = amount.minorUnits() < 0;
        return new LedgerEntry(
                postingId,
                account,
                vendorId,
                debit != negative ? DEBIT : CREDIT,
                negative ? amount.times(-1) : amount,
                payment.id(),
                payment.orderId(),
                movement,
                at);
    }
}
