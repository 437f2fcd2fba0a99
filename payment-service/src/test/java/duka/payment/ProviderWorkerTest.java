package duka.payment;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import duka.tracing.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class ProviderWorkerTest {

    final CallQueue calls = mock();
    final ProviderWorker worker =
            new ProviderWorker(
                    List.of(),
                    calls,
                    mock(Payments.class),
                    mock(CheckoutSaga.class),
                    mock(TransactionTemplate.class),
                    new PaymentProperties(
                            SimulatedProvider.NAME,
                            1,
                            Duration.ofSeconds(20),
                            Duration.ofMillis(10),
                            Duration.ofSeconds(15),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(3)),
                    new SimpleMeterRegistry(),
                    Traces.none(),
                    Clock.systemUTC());

    @Test
    void no_error_ends_its_loops() throws InterruptedException {
        given(calls.take()).willThrow(new StackOverflowError());
        given(calls.freePlaces()).willThrow(new StackOverflowError());

        worker.start();
        try {
            verify(calls, timeout(10_000).atLeast(3)).take();
            verify(calls, timeout(10_000).atLeast(3)).freePlaces();
        } finally {
            worker.stop();
        }
    }
}
