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
import java.math.BigInteger;
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
        entries.addAll(shared(payment, CREDIT, Money.zero(amount.currency()), amount));
        return posting(payment.id(), Movement.CAPTURE, payment, at, entries);
    }

    /**
     * @param before what had been refunded earlier, so that the vendors' parts add up to a cent
     */
    static Posting refund(Payment payment, Refund refund, Money before, Instant at) {
        // What its provider would not pay back, the shop has.
        var source =
                switch (refund.status()) {
                    case SETTLED -> Account.SHOP;
                    case ASKED, DONE, REFUSED -> source(payment);
                };
        var entries = new ArrayList<>(shared(payment, DEBIT, before, refund.amount()));
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

    /** A part of a payment's amount, as those who sold share it. */
    private static List<Entry> shared(Payment payment, Side side, Money before, Money moved) {
        var shares = shares(payment);
        var earlier = apportion(before, shares, payment.amount());
        var now = apportion(before.plus(moved), shares, payment.amount());
        var entries = new ArrayList<Entry>();
        for (var index = 0; index < shares.size(); index++) {
            var vendorId = shares.get(index).vendorId();
            var account = vendorId == null ? Account.SHOP : Account.VENDOR;
            entries.add(entry(account, vendorId, side, now.get(index).minus(earlier.get(index))));
        }
        return entries;
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
