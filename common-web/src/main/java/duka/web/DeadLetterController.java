package duka.web;

import duka.messaging.DeadLetter;
import duka.messaging.DeadLetters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What this service could not take in, for an admin. {@link SecurityConfiguration} sees to that.
 */
@RestController
@RequestMapping("/api/v1/${spring.application.name}/dead-letters")
@Tag(name = "dead letters")
class DeadLetterController {

    /** All but the body, which is of no use to a person: what is personal in it is sealed. */
    record DeadLetterView(
            UUID id,
            String listener,
            @Nullable String key,
            @Nullable UUID eventId,
            @Nullable String type,
            String topic,
            int partition,
            long offset,
            String reason,
            int attempts,
            Instant parkedAt,
            Instant triedAt) {

        static DeadLetterView of(DeadLetter letter) {
            return new DeadLetterView(
                    letter.id(),
                    letter.listener(),
                    letter.key(),
                    letter.eventId(),
                    letter.type(),
                    letter.topic(),
                    letter.partition(),
                    letter.offset(),
                    letter.reason(),
                    letter.attempts(),
                    letter.parkedAt(),
                    letter.triedAt());
        }
    }

    /**
     * @param stuck where the retry stopped, with the new reason
     */
    record RetryView(int takenIn, @Nullable DeadLetterView stuck) {}

    private final DeadLetters letters;

    DeadLetterController(DeadLetters letters) {
        this.letters = letters;
    }

    @GetMapping
    @Operation(summary = "Lists events that could not be taken in, the longest parked first")
    Results<DeadLetterView> listDeadLetters(
            @RequestParam @Nullable String listener,
            @RequestParam @Nullable String key,
            Paging paging) {
        return Results.of(
                letters.list(listener, key, paging.size(), paging.offset()).stream()
                        .map(DeadLetterView::of)
                        .toList(),
                letters.count(listener, key),
                paging);
    }

    @PostMapping("/{id}/retry")
    @Operation(summary = "Takes in a dead letter and all others under its key, in their order")
    RetryView retryDeadLetter(@PathVariable UUID id) {
        var retry =
                letters.retry(id)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                HttpStatus.NOT_FOUND,
                                                "no-such-dead-letter",
                                                "There is no dead letter %s.".formatted(id)));
        return new RetryView(
                retry.takenIn(), retry.stuck() == null ? null : DeadLetterView.of(retry.stuck()));
    }
}
