package duka.messaging;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import duka.messaging.OutboxRelay.Outcome.Sent;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

class OutboxScheduleTest {

    final OutboxRelay relay = mock();
    final OutboxSchedule schedule =
            new OutboxSchedule(
                    relay,
                    new MessagingProperties(
                            500,
                            Duration.ZERO,
                            Duration.ofSeconds(1),
                            Duration.ofDays(8),
                            true,
                            1,
                            Duration.ofDays(7)));

    @RepeatedTest(300)
    void once_started_it_relays_however_soon_its_thread_runs() {
        given(relay.round()).willReturn(new Sent(0));

        schedule.start();

        verify(relay, timeout(2_000).atLeastOnce()).round();
        schedule.stop();
    }
}
