package duka.payment;

import static duka.payment.PaymentFixture.NOW;
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
import duka.events.PaymentMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PostingTest {

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
        var refund = refund(Money.of("10.00", "KES")).refused("closed").settled("by hand", NOW);

        var posting = Posting.refund(payment(PaymentStatus.REFUNDING), refund, NOTHING, NOW);

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
            entries.addAll(Posting.refund(payment, refund(part), before, NOW).entries());
            before = before.plus(part);
        }

        for (var account : Account.values()) {
            assertThat(sum(entries.stream().filter(entry -> entry.account() == account).toList()))
                    .as("%s", account)
                    .isZero();
        }
    }

    private static Refund refund(Money part) {
        return Refund.asked(UUID.randomUUID(), part, "lines", null, NOW);
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
