package duka.payment.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import duka.events.Money;
import duka.events.Sealed;
import duka.payment.Balance;
import duka.payment.Ledger;
import duka.payment.payout.PayingOut.Skipped;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class PayingOutTest {

    static final Instant WEDNESDAY = Instant.parse("2026-03-04T10:00:00Z");
    static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    static final UUID FIRST = UUID.randomUUID();
    static final UUID SECOND = UUID.randomUUID();

    final Payouts payouts = mock();
    final BankAccounts accounts = mock();
    final Ledger ledger = mock();
    final Vendors vendors = mock();
    final PlatformTransactionManager transactions = mock();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final PayingOut payingOut =
            new PayingOut(
                    payouts,
                    accounts,
                    ledger,
                    vendors,
                    new PayoutProperties(
                            Duration.ofDays(7),
                            BigDecimal.ONE,
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(5)),
                    new TransactionTemplate(transactions),
                    meters,
                    Clock.fixed(WEDNESDAY, ZoneOffset.UTC));

    @BeforeEach
    void two_vendors_are_owed_something() {
        given(payouts.vendors()).willReturn(List.of(FIRST, SECOND));
        given(payouts.vendorsUnpaidSince(any())).willReturn(List.of(FIRST, SECOND));
        for (var vendor : List.of(FIRST, SECOND)) {
            var nothing = Money.of("0.00", "KES");
            given(ledger.balances(vendor))
                    .willReturn(List.of(new Balance(Money.of("5.00", "KES"), nothing, nothing)));
            given(accounts.findByVendor(vendor)).willReturn(Optional.of(account(vendor)));
        }
    }

    @AfterEach
    void no_transaction_is_left() {
        TransactionSynchronizationManager.setActualTransactionActive(false);
    }

    @Test
    void one_that_cannot_be_paid_keeps_no_other_from_its_money() {
        willThrow(new CannotAcquireLockException("busy")).given(vendors).lock(FIRST);

        var run = payingOut.run(null);

        assertThat(run.requested()).extracting(Payout::vendorId).containsExactly(SECOND);
        assertThat(run.skipped()).containsEntry(Skipped.FAILED, 1);
        assertThat(meters.counter("duka.payouts", "outcome", "not requested").count()).isOne();
    }

    @Test
    void what_was_not_committed_was_not_requested() {
        willThrow(new TransactionSystemException("gone"))
                .willDoNothing()
                .given(transactions)
                .commit(any());

        assertThat(payingOut.run(null).requested())
                .extracting(Payout::vendorId)
                .containsExactly(SECOND);
    }

    @Test
    void within_a_transaction_nothing_goes_on_that_is_going_to_be_undone() {
        TransactionSynchronizationManager.setActualTransactionActive(true);
        willThrow(new CannotAcquireLockException("busy")).given(vendors).lock(FIRST);

        assertThatThrownBy(() -> payingOut.run(null))
                .isInstanceOf(CannotAcquireLockException.class);
        verify(payouts, never()).insert(any());
    }

    @Test
    void a_later_run_of_the_week_pays_those_whom_none_has_reached() {
        given(payouts.vendorsUnpaidSince(MONDAY)).willReturn(List.of(SECOND));

        payingOut.runWeekly();

        verify(vendors, never()).lock(FIRST);
        verify(vendors).lock(SECOND);
    }

    private static BankAccount account(UUID vendor) {
        return new BankAccount(
                UUID.randomUUID(),
                vendor,
                new Bank("058", "Guaranty Trust Bank"),
                new Sealed("sealed"),
                "6789",
                null,
                null,
                MONDAY,
                MONDAY,
                0);
    }
}
