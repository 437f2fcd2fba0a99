package duka.web;

import static org.assertj.core.api.Assertions.assertThat;

import duka.messaging.Outbox;
import duka.web.OutboxController.OutboxView;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutboxViewTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void what_waits_has_an_age() {
        var since = NOW.minusMillis(90_500);

        assertThat(OutboxView.of(new Outbox.Backlog(3, since), NOW))
                .isEqualTo(new OutboxView(3, since, 90.5));
    }

    @Test
    void nothing_has_none() {
        assertThat(OutboxView.of(new Outbox.Backlog(0, null), NOW))
                .isEqualTo(new OutboxView(0, null, 0));
    }

    @Test
    void what_another_clock_has_just_said_is_not_younger_than_new() {
        var since = NOW.plusMillis(5);

        assertThat(OutboxView.of(new Outbox.Backlog(1, since), NOW).ageSeconds()).isZero();
    }
}
