package duka.payment;

import static duka.payment.PaymentFixture.NOW;
import static duka.payment.PaymentFixture.TOTAL;
import static duka.payment.PaymentFixture.VENDOR;
import static duka.payment.PaymentFixture.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import duka.events.LedgerEvent.Account;
import duka.events.LedgerEvent.Entry;
import duka.events.LedgerEvent.MoneyMoved;
import duka.events.LedgerEvent.Movement;
import duka.events.LedgerEvent.Side;
import duka.events.Money;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PostingTest {

    static final UUID ANOTHER = UUID.randomUUID();
    static final Money NOTHING = Money.of("0.00", "KES");

    @Test
    void a_capture_is_owed_to_those_who_sold() {
        assertThat(Posting.capture(payment(PaymentStatus.AUTHORIZED), NOW).entries())
                .extracting(Entry::account, Entry::side, entry -> entry.amount().decimal())
                .containsExactly(
                        tuple(Account.PROVIDER, Side.DEBIT, "10.00"),
                        tuple(Account.VENDOR, Side.CREDIT, "3.33"),
                        tuple(Account.SHOP, Side.CREDIT, "6.67"));
    }

    @Test
    void cash_is_with_the_courier() {
        var payment = payment(PaymentStatus.AUTHORIZED, PaymentMethod.CASH_ON_DELIVERY);

        assertThat(Posting.capture(payment, NOW).entries())
                .first()
                .returns(Account.CASH, Entry::account);
    }

    @Test
    void what_the_provider_would_not_pay_back_the_shop_has() {
        var payment = payment(PaymentStatus.REFUNDING);
        var asked = refund(payment, Money.of("10.00", "KES"), null);

        var posting = Posting.refund(payment, asked.refused("closed").settled("by hand", NOW), NOW);

        assertThat(posting.entries())
                .extracting(Entry::account, Entry::side, entry -> entry.amount().decimal())
                .containsExactly(
                        tuple(Account.VENDOR, Side.DEBIT, "3.33"),
                        tuple(Account.SHOP, Side.DEBIT, "6.67"),
                        tuple(Account.SHOP, Side.CREDIT, "10.00"));
    }

    @Test
    void a_payout_clears_what_the_vendor_is_owed() {
        var id = UUID.randomUUID();
        var amount = Money.of("3.33", "KES");

        assertThat(Posting.payout(id, VENDOR, amount, NOW).told())
                .isEqualTo(
                        new MoneyMoved(
                                id,
                                Movement.PAYOUT,
                                null,
                                NOW,
                                List.of(
                                        new Entry(Account.VENDOR, VENDOR, Side.DEBIT, amount),
                                        new Entry(Account.PROVIDER, null, Side.CREDIT, amount))));
    }

    @Test
    void what_does_not_balance_is_not_posted() {
        var one = new Entry(Account.SHOP, null, Side.DEBIT, Money.of("1.00", "KES"));

        assertThatThrownBy(
                        () ->
                                new Posting(
                                        UUID.randomUUID(),
                                        Movement.PAYOUT,
                                        null,
                                        null,
                                        NOW,
                                        List.of(one)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @RepeatedTest(50)
    void refunds_in_parts_balance_each_and_leave_nothing_over(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var payment = payment(PaymentStatus.CAPTURED);
        var entries = new ArrayList<>(Posting.capture(payment, NOW).entries());
        var before = NOTHING;
        while (before.minorUnits() < payment.amount().minorUnits()) {
            var left = payment.amount().minorUnits() - before.minorUnits();
            var part = new Money(1 + random.nextLong(left), before.currency());
            entries.addAll(refunded(payment, part, null));
            before = before.plus(part);
        }

        for (var account : Account.values()) {
            assertThat(sum(entries.stream().filter(entry -> entry.account() == account).toList()))
                    .as("%s", account)
                    .isZero();
        }
    }

    @Test
    void a_cancelled_line_is_charged_to_who_sold_it() {
        var payment = soldByTwo();

        assertThat(refunded(payment, kes("2.50"), List.of(share(ANOTHER, "2.50"))))
                .extracting(Entry::vendorId, entry -> entry.amount().decimal())
                .containsExactly(tuple(ANOTHER, "2.50"), tuple(null, "2.50"));
        assertThat(refunded(payment, kes("7.50"), null))
                .extracting(Entry::account, Entry::vendorId, entry -> entry.amount().decimal())
                .containsExactly(
                        tuple(Account.VENDOR, VENDOR, "3.00"),
                        tuple(Account.VENDOR, ANOTHER, "2.50"),
                        tuple(Account.SHOP, null, "2.00"),
                        tuple(Account.PROVIDER, null, "7.50"));
    }

    @Test
    void nobody_gives_back_more_than_it_had() {
        var payment = soldByTwo();
        refunded(payment, kes("5.00"), null);

        assertThat(refunded(payment, kes("5.00"), List.of(share(VENDOR, "3.00"))))
                .extracting(Entry::vendorId, entry -> entry.amount().decimal())
                .containsExactly(
                        tuple(VENDOR, "1.50"),
                        tuple(ANOTHER, "2.50"),
                        tuple(null, "1.00"),
                        tuple(null, "5.00"));
    }

    @Test
    void a_refund_from_before_shares_were_kept_is_borne_alike_and_leaves_the_rest() {
        var old =
                new Refund(
                        UUID.randomUUID(),
                        kes("3.33"),
                        null,
                        "lines",
                        null,
                        NOW,
                        Refund.Status.DONE,
                        1,
                        null,
                        NOW);
        var made = soldByTwo();
        var payment =
                new Payment(
                        made.id(),
                        made.orderId(),
                        made.customerId(),
                        made.amount(),
                        made.shares(),
                        made.method(),
                        made.provider(),
                        NOW,
                        made.state(),
                        List.of(old));
        var entries = new ArrayList<>(Posting.capture(payment, NOW).entries());
        entries.addAll(Posting.refund(payment, old, NOW).entries());
        entries.addAll(refunded(payment, kes("6.67"), null));

        assertThat(left(entries)).containsOnly(0L);
    }

    @RepeatedTest(50)
    void whoever_is_charged_nothing_is_left_over_in_the_end(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var payment = soldByTwo();
        var entries = new ArrayList<>(Posting.capture(payment, NOW).entries());
        while (payment.refundable().minorUnits() > 0) {
            var part =
                    new Money(
                            1 + random.nextLong(payment.refundable().minorUnits()),
                            TOTAL.currency());
            var wish =
                    switch (random.nextInt(4)) {
                        case 0 -> List.of(new VendorShare(VENDOR, part));
                        case 1 -> List.of(new VendorShare(ANOTHER, part));
                        case 2 -> List.of(new VendorShare(null, part));
                        default -> null;
                    };
            entries.addAll(refunded(payment, part, wish));
            assertThat(left(entries)).allMatch(credit -> credit >= 0);
        }

        assertThat(left(entries)).containsOnly(0L);
    }

    /** What each of those who sold still has. */
    private static List<Long> left(List<Entry> entries) {
        return Stream.of(VENDOR, ANOTHER, Account.SHOP)
                .map(
                        who ->
                                -sum(
                                        entries.stream()
                                                .filter(
                                                        entry ->
                                                                who.equals(entry.vendorId())
                                                                        || who == entry.account())
                                                .toList()))
                .toList();
    }

    private static Payment soldByTwo() {
        return new Payment(
                UUID.randomUUID(),
                UUID.randomUUID(),
                PaymentFixture.CUSTOMER,
                TOTAL,
                List.of(share(VENDOR, "3.00"), share(ANOTHER, "5.00"), share(null, "2.00")),
                new PaymentAt(PaymentStatus.CAPTURED, false, PaymentMethod.CARD),
                SimulatedProvider.NAME,
                null,
                NOW);
    }

    private static List<Entry> refunded(
            Payment payment, Money part, @Nullable List<VendorShare> wished) {
        var refund = refund(payment, part, wished);
        return Posting.refund(payment, payment.refunded(refund.id(), NOW), NOW).entries();
    }

    private static Refund refund(Payment payment, Money part, @Nullable List<VendorShare> wished) {
        return payment.refund(UUID.randomUUID(), part, wished, "lines", null, NOW);
    }

    private static VendorShare share(@Nullable UUID vendorId, String amount) {
        return new VendorShare(vendorId, kes(amount));
    }

    private static Money kes(String amount) {
        return Money.of(amount, "KES");
    }

    private static long sum(List<Entry> entries) {
        return entries.stream()
                .mapToLong(
                        entry ->
                                entry.side() == Side.DEBIT
                                        ? entry.amount().minorUnits()
                                        : -entry.amount().minorUnits())
                .sum();
    }
}
