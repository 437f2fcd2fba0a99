package duka.web;

import duka.messaging.Outbox;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How far this service is behind in saying what it has done, for an admin. {@link
 * SecurityConfiguration} sees to that.
 */
@RestController
@RequestMapping("/api/v1/${spring.application.name}/outbox")
@Tag(name = "outbox")
class OutboxController {

    /**
     * @param size how many events wait for Kafka
     * @param oldest since when the first of them waits; null if none does
     * @param ageSeconds how long that is
     */
    record OutboxView(long size, @Nullable Instant oldest, double ageSeconds) {

        static OutboxView of(Outbox.Backlog backlog, Instant now) {
            var oldest = backlog.oldest();
            var age = oldest == null ? Duration.ZERO : Duration.between(oldest, now);
            return new OutboxView(backlog.size(), oldest, Math.max(0, age.toMillis()) / 1000.0);
        }
    }

    private final Outbox outbox;
    private final Clock clock;

    OutboxController(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "Says how many events wait for Kafka, and for how long")
    OutboxView showOutbox() {
        return OutboxView.of(outbox.backlog(), clock.instant());
    }
}
