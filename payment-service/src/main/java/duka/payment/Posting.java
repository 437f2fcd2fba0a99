package duka.payment;

import static duka.events.LedgerEvent.Side.CREDIT;
import static duka.events.LedgerEvent.Side.DEBIT;

import duka.events.LedgerEvent.Account;
import duka.events.LedgerEvent.Entry;
import duka.events.LedgerEvent.MoneyMoved;
import duka.events.LedgerEvent.Movement;
import duka.events.LedgerEvent.Side;
import duka.events.Money;
import duka.events.OrderEvent.VendorShare;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One movement of money as the ledger notes it. Its debits equal its credits.
 *
 * @param id of what moved it: a payment, a refund or a payout, each of which moves money once
 */
public record Posting(
        UUID id,
        Movement movement,
        @Nullable UUID paymentId,
        @Nullable UUID orderId,
        Instant at,
        List<Entry> entries) {

    public Posting {
        entries = List.copyOf(entries);
        if (sum(entries, DEBIT) != sum(entries, CREDIT)) {
            throw new IllegalArgumentException("%s does not balance: %s".formatted(id, entries));
        }
    }

    static Posting capture(Payment payment, Instant at) {
        var amount = payment.amount();
        var entries = new ArrayList<Entry>();
        entries.add(entry(source(payment), null, DEBIT, amount));
        entries.addAll(entries(Shares.of(amount, payment.shares()).list(), CREDIT));
        return posting(payment.id(), Movement.CAPTURE, payment, at, entries);
    }

    static Posting refund(Payment payment, Refund refund, Instant at) {
        // What its provider would not pay back, the shop has.
        var source =
                switch (refund.status()) {
                    case SETTLED -> Account.SHOP;
                    case ASKED, DONE, REFUSED -> source(payment);
                };
        var entries = new ArrayList<>(entries(payment.charged(refund), DEBIT));
        entries.add(entry(source, null, CREDIT, refund.amount()));
        return posting(refund.id(), Movement.REFUND, payment, at, entries);
    }

    public static Posting payout(UUID payoutId, UUID vendorId, Money amount, Instant at) {
        return new Posting(
                payoutId,
                Movement.PAYOUT,
                null,
                null,
                at,
                List.of(
                        entry(Account.VENDOR, vendorId, DEBIT, amount),
                        entry(Account.PROVIDER, null, CREDIT, amount)));
    }

    public MoneyMoved told() {
        return new MoneyMoved(id, movement, orderId, at, entries);
    }

    private static Posting posting(
            UUID id, Movement movement, Payment payment, Instant at, List<Entry> entries) {
        var moved = entries.stream().filter(entry -> entry.amount().minorUnits() != 0).toList();
        return new Posting(id, movement, payment.id(), payment.orderId(), at, moved);
    }

    private static Account source(Payment payment) {
        return switch (payment.method()) {
            case CARD -> Account.PROVIDER;
            case CASH_ON_DELIVERY -> Account.CASH;
        };
    }

    private static List<Entry> entries(List<VendorShare> shares, Side side) {
        return shares.stream()
                .map(
                        share ->
                                entry(
                                        share.vendorId() == null ? Account.SHOP : Account.VENDOR,
                                        share.vendorId(),
                                        side,
                                        share.amount()))
                .toList();
    }

    /**
     * A negative amount, as of a shop that has sold for less than its vendors, stands positive on
     * the other side.
     */
    private static Entry entry(Account account, @Nullable UUID vendorId, Side side, Money amount) {
        return amount.minorUnits() < 0
                ? new Entry(account, vendorId, side == DEBIT ? CREDIT : DEBIT, amount.times(-1))
                : new Entry(account, vendorId, side, amount);
    }

    private static long sum(List<Entry> entries, Side side) {
        return entries.stream()
                .filter(entry -> entry.side() == side)
                .mapToLong(entry -> entry.amount().minorUnits())
                .sum();
    }
}
