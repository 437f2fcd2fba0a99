package duka.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

import duka.payment.NoAnswer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ReconcilingTest {

    static final LocalDate TODAY = LocalDate.of(2026, 3, 31);
    static final LocalDate OPENING = LocalDate.of(2026, 3, 1);

    final ProviderBooks provider = mock();
    final OurBooks ours = mock();
    final Reconciliations reconciliations = mock();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void days_that_were_missed_are_made_up_for_and_the_last_ones_are_done_again() {
        given(ours.since()).willReturn(Optional.of(OPENING));
        areMissing(TODAY.minusDays(1), OPENING.plusDays(1), OPENING.plusDays(7));

        reconciling().reconcileDaily();

        var inOrder = inOrder(provider);
        for (var day :
                List.of(
                        OPENING.plusDays(1),
                        OPENING.plusDays(7),
                        TODAY.minusDays(3),
                        TODAY.minusDays(2),
                        TODAY.minusDays(1))) {
            inOrder.verify(provider).read(eq(start(day)), any(), any());
        }
    }

    @Test
    void a_day_that_fails_keeps_no_other_waiting() {
        given(ours.since()).willReturn(Optional.empty());
        willThrow(new NoAnswer(NoAnswer.Kind.ALARMING, "not let in"))
                .given(provider)
                .read(eq(start(TODAY.minusDays(3))), any(), any());

        reconciling().reconcileDaily();

        var inOrder = inOrder(provider);
        inOrder.verify(provider).read(eq(start(TODAY.minusDays(3))), any(), any());
        inOrder.verify(provider).read(eq(start(TODAY.minusDays(1))), any(), any());
    }

    @Test
    void its_age_counts_from_the_first_day_that_is_missing() {
        given(ours.since()).willReturn(Optional.of(OPENING));
        areMissing(TODAY, OPENING.plusDays(7));

        reconciling().measure();

        assertThat(age()).isEqualTo(Duration.ofDays(23).plusHours(3));
    }

    @Test
    void with_nothing_in_our_books_nothing_is_missing() {
        given(ours.since()).willReturn(Optional.empty());

        reconciling().measure();

        assertThat(age()).isZero();
    }

    private void areMissing(LocalDate until, LocalDate... days) {
        given(reconciliations.missing(any(), eq(OPENING), eq(until), anyInt()))
                .willReturn(List.of(days));
    }

    private Duration age() {
        var seconds = meters.get("duka.payment.reconciliation.age").gauge().value();
        return Duration.ofSeconds((long) seconds);
    }

    private Reconciling reconciling() {
        given(provider.provider()).willReturn("bank");
        return new Reconciling(
                List.of(provider),
                ours,
                reconciliations,
                new ReconciliationProperties(3),
                new TransactionTemplate(mock(PlatformTransactionManager.class)),
                meters,
                Clock.fixed(start(TODAY).plus(Duration.ofHours(3)), ZoneOffset.UTC));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
