package duka.cart;

import static duka.cart.CartFixture.kes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import duka.events.PaymentMethod;
import duka.testing.Parallel;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

class DecisionsTest {

    /** Something else that stops in that phase. */
    record Stopping(int phase, Runnable stopped) implements SmartLifecycle {

        @Override
        public void start() {}

        @Override
        public void stop() {
            stopped.run();
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }

    static final Duration LONG = Duration.ofMinutes(1);

    final UUID order = UUID.randomUUID();
    final Checkouts checkouts = mock();
    final Decisions decisions =
            new Decisions(
                    checkouts,
                    new CartProperties(
                            URI.create("http://catalog"), LONG, Duration.ofMillis(1), LONG, LONG));
    final GenericApplicationContext process = new GenericApplicationContext();

    @AfterEach
    void end() {
        process.close();
    }

    @Test
    void are_told_while_callers_have_yet_to_notice_that_the_process_leaves() {
        given(checkouts.decided(Set.of(order))).willReturn(List.of(confirmed()));
        var heard = new ArrayList<Optional<Checkout>>();
        begin(
                new Stopping(
                        SmartLifecycle.DEFAULT_PHASE,
                        () -> heard.add(decisions.await(order, LONG))),
                new Stopping(
                        WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE,
                        () -> heard.add(decisions.await(order, LONG))));

        process.close();

        assertThat(heard).containsExactly(Optional.of(confirmed()), Optional.empty());
    }

    @Test
    void hold_up_no_shutdown() {
        begin();
        var waiting = Parallel.start(() -> decisions.await(order, LONG));
        verify(checkouts, timeout(LONG.toMillis()).atLeastOnce()).decided(any());

        process.close();

        assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join()).isEmpty();
    }

    private void begin(Stopping... others) {
        process.registerBean(Decisions.class, () -> decisions);
        for (var other : others) {
            process.registerBean("phase " + other.phase(), Stopping.class, () -> other);
        }
        process.refresh();
    }

    private Checkout confirmed() {
        return new Checkout(
                order,
                new UUID(0, 1),
                new UUID(0, 2),
                Checkout.Status.CONFIRMED,
                null,
                List.of(),
                List.of(),
                kes("3.50"),
                PaymentMethod.CARD,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
