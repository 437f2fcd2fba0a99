package duka.payment;

import static duka.payment.PaymentFixture.NOW;
import static duka.payment.PaymentFixture.payment;
import static duka.payment.PaymentStatus.AUTHORIZING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.spy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class CallQueueTest {

    final CallQueue calls =
            new CallQueue(
                    new PaymentProperties(
                            SimulatedProvider.NAME,
                            3,
                            Duration.ofSeconds(20),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(15),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(3)));

    final List<Payment> due = Stream.generate(() -> payment(AUTHORIZING)).limit(5).toList();

    @BeforeEach
    void a_transaction_begins() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void it_is_over() {
        TransactionSynchronizationManager.clearSynchronization();
    }

    @Test
    void no_more_is_leased_than_there_are_places() {
        calls.leaseDue(due, NOW);

        assertThat(due.stream().filter(payment -> payment.state().leasedUntil() != null))
                .hasSize(3);
        assertThat(calls.freePlaces()).isZero();
    }

    @Test
    void a_call_keeps_its_place_until_it_is_done() throws InterruptedException {
        calls.leaseDue(due, NOW);
        end(TransactionSynchronization.STATUS_COMMITTED);

        assertThat(calls.take().orderId()).isEqualTo(due.getFirst().orderId());
        assertThat(calls.freePlaces()).isZero();
        calls.done();
        assertThat(calls.freePlaces()).isOne();
    }

    @Test
    void what_is_rolled_back_gives_its_places_back_and_is_never_called() {
        calls.leaseDue(due, NOW);

        end(TransactionSynchronization.STATUS_ROLLED_BACK);

        assertThat(calls.freePlaces()).isEqualTo(3);
        assertThat(calls).extracting("calls").asInstanceOf(COLLECTION).isEmpty();
    }

    @Test
    void a_lease_that_fails_half_way_loses_no_place() {
        var broken = spy(due.get(1));
        willThrow(new IllegalStateException("broken")).given(broken).lease(any());

        assertThatThrownBy(() -> calls.leaseDue(List.of(due.getFirst(), broken), NOW))
                .hasMessage("broken");
        end(TransactionSynchronization.STATUS_ROLLED_BACK);

        assertThat(calls.freePlaces()).isEqualTo(3);
    }

    private static void end(int status) {
        TransactionSynchronizationManager.getSynchronizations()
                .forEach(synchronization -> synchronization.afterCompletion(status));
    }
}
