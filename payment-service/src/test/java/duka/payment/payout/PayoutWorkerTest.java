package duka.payment.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import duka.events.Money;
import duka.events.Sealed;
import duka.messaging.Outbox;
import duka.payment.Ledger;
import duka.payment.NoAnswer;
import duka.payment.payout.PayoutProvider.Answer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PayoutWorkerTest {

    final PayoutProvider provider = mock();
    final Payouts payouts = mock();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Payout first = payout();
    final Payout second = payout();

    @Test
    void a_payout_that_goes_wrong_keeps_no_other_waiting() {
        given(payouts.lease(any(), any()))
                .willReturn(Optional.of(first), Optional.of(second), Optional.empty());
        given(provider.pay(eq(first), any())).willThrow(new IllegalStateException("bug"));
        given(provider.pay(eq(second), any())).willReturn(new Answer.Refused("closed"));

        worker().payWhatIsDue();

        verify(payouts).askAgain(eq(first.id()), any());
        verify(payouts).end(eq(second.id()), eq(Payout.Status.FAILED), any(), eq("closed"), any());
        assertThat(meters.counter("duka.payouts", "outcome", "alarm").count()).isOne();
    }

    @Test
    void a_provider_that_is_away_is_not_asked_for_the_next_at_once() {
        given(payouts.lease(any(), any()))
                .willReturn(Optional.of(first), Optional.of(second), Optional.empty());
        given(provider.pay(any(), any()))
                .willThrow(new NoAnswer(NoAnswer.Kind.PASSING, "it is away"));

        worker().payWhatIsDue();

        verify(provider).pay(eq(first), any());
        verify(provider, never()).pay(eq(second), any());
        verify(payouts).askAgain(eq(first.id()), any());
    }

    private PayoutWorker worker() {
        given(provider.name()).willReturn("bank");
        return new PayoutWorker(
                List.of(provider),
                payouts,
                mock(Ledger.class),
                mock(Outbox.class),
                mock(Vendors.class),
                mock(Vault.class),
                new PayoutProperties(
                        Duration.ofDays(7),
                        BigDecimal.ONE,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5)),
                new TransactionTemplate(mock(PlatformTransactionManager.class)),
                meters,
                Clock.systemUTC());
    }

    private static Payout payout() {
        return new Payout(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Money.of("5.00", "KES"),
                "bank",
                new Bank("058", "Guaranty Trust Bank"),
                new Sealed("sealed"),
                "6789",
                Payout.Status.REQUESTED,
                null,
                null,
                1,
                Instant.EPOCH,
                null);
    }
}
