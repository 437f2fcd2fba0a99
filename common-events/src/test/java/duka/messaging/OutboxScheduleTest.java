package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import duka.messaging.OutboxRelay.Outcome.Sent;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

class OutboxScheduleTest {

    static final int BATCH = 500;

    final OutboxRelay relay = mock();
    final OutboxSchedule schedule =
            new OutboxSchedule(
                    relay,
                    new MessagingProperties(
                            BATCH,
                            Duration.ZERO,
                            Duration.ofHours(1),
                            Duration.ofDays(8),
                            true,
                            1,
                            Duration.ofDays(7)));

    @AfterEach
    void end() {
        schedule.stop();
    }

    @RepeatedTest(300)
    void once_started_it_relays_however_soon_its_thread_runs() {
        given(relay.round()).willReturn(new Sent(0));

        schedule.start();

        rounds(1);
    }

    @Test
    void an_error_does_not_end_the_relaying() {
        given(relay.round())
                .willThrow(new NoClassDefFoundError("a class that a full disk has swallowed"))
                .willThrow(new IllegalStateException("the database is away"))
                .willReturn(new Sent(0));

        schedule.start();

        rounds(3);
    }

    @Test
    void what_is_added_is_relayed_without_waiting_for_the_next_look() {
        given(relay.round()).willReturn(new Sent(0));
        schedule.start();
        rounds(1);

        schedule.wake();

        rounds(2);
    }

    @Test
    void a_full_batch_is_followed_by_the_next_at_once() {
        given(relay.round()).willReturn(new Sent(BATCH), new Sent(1));

        schedule.start();

        rounds(2);
    }

    @Test
    void it_stops_after_everything_that_may_add_an_event() {
        assertThat(schedule.getPhase())
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
                .isLessThan(AbstractMessageListenerContainer.DEFAULT_PHASE)
                .isLessThan(new ThreadPoolTaskScheduler().getPhase());
    }

    private void rounds(int number) {
        verify(relay, timeout(5_000).times(number)).round();
    }
}
