package duka.payment;

import static duka.payment.PaymentFixture.NOW;
import static duka.payment.PaymentFixture.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import duka.events.Money;
import duka.events.PaymentMethod;
import duka.payment.LedgerEntry.Account;
import duka.payment.LedgerEntry.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void a_capture_is_owed_to_those_who_sold() {
        assertThat(Ledger.capture(payment(PaymentStatus.AUTHORIZED), NOW))
                .extracting(
                        LedgerEntry::account, LedgerEntry::side, entry -> entry.amount().decimal())
                .containsExactly(
                        tuple(Account.PROVIDER, Side.DEBIT, "10.00"),
                        tuple(Account.VENDOR, Side.CREDIT, "3.33"),
                        tuple(Account.SHOP, Side.CREDIT, "6.67"));
    }

    @Test
    void cash_is_with_the_courier() {
        var payment = payment(PaymentStatus.AUTHORIZED, PaymentMethod.CASH_ON_DELIVERY);

        assertThat(Ledger.capture(payment, NOW))
                .first()
                .returns(Account.CASH, LedgerEntry::account);
    }

    @RepeatedTest(50)
    void refunds_in_parts_balance_each_and_leave_nothing_over(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var payment = payment(PaymentStatus.CAPTURED);
        var entries = new ArrayList<>(Ledger.capture(payment, NOW));
        var before = Money.of("0.00", "KES");
        while (before.minorUnits() < payment.amount().minorUnits()) {
            var left = payment.amount().minorUnits() - before.minorUnits();
            var part = new Money(1 + random.nextLong(left), before.currency());
            var refund = new Refund(UUID.randomUUID(), part, "lines", NOW, NOW);
            var posting = Ledger.refund(payment, refund, before, NOW);
            assertThat(sum(posting)).isZero();
            entries.addAll(posting);
            before = before.plus(part);
        }

        for (var account : Account.values()) {
            assertThat(sum(entries.stream().filter(entry -> entry.account() == account).toList()))
                    .as("%s", account)
                    .isZero();
        }
    }

    private static long sum(List<LedgerEntry> entries) {
        return entries.stream()
                .mapToLong(
                        entry ->
                                entry.side() == Side.DEBIT
                                        ? entry.amount().minorUnits()
                                        : -entry.amount().minorUnits())
                .sum();
    }
}
