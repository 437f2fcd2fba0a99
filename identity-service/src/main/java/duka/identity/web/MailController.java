package duka.identity.web;

import duka.identity.mail.KeptMail;
import duka.identity.mail.MailKeeping;
import duka.identity.mail.MailKeeping.Retry.Queued;
import duka.identity.mail.MailState;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which mails wait, went or failed, for admins. Neither texts nor addresses are shown. */
@RestController
@RequestMapping("/api/v1/mails")
@Tag(name = "mails")
class MailController {

    record MailView(
            UUID id,
            @Nullable UUID recipientId,
            @Nullable UUID orderId,
            @Schema(example = "order-confirmed") String template,
            MailState state,
            int attempts,
            @Schema(description = "Why it did not go, the last time") @Nullable String failure,
            Instant writtenAt,
            @Nullable Instant nextTry,
            @Nullable Instant endedAt) {

        static MailView of(KeptMail mail) {
            return new MailView(
                    mail.id(),
                    mail.recipientId(),
                    mail.orderId(),
                    mail.template().toLowerCase(Locale.ROOT).replace('_', '-'),
                    mail.state(),
                    mail.attempts(),
                    mail.failure(),
                    mail.writtenAt(),
                    mail.nextTry(),
                    mail.endedAt());
        }
    }

    private final MailKeeping mails;

    MailController(MailKeeping mails) {
        this.mails = mails;
    }

    @GetMapping
    @Operation(
            summary = "Mails, the newest first",
            description =
                    "Admins only. Mails that went or were of no use any more are kept for some weeks.")
    Results<MailView> listMails(
            Paging paging,
            @Parameter(description = "Only those in this state", example = "FAILED")
                    @RequestParam(required = false)
                    @Nullable String state) {
        var only = state == null || state.isBlank() ? null : state(state);
        return Results.of(
                mails.list(only, paging.size(), paging.offset()).stream()
                        .map(MailView::of)
                        .toList(),
                mails.count(only),
                paging);
    }

    @PostMapping("/{id}/retry")
    @Operation(summary = "Try a failed mail again", description = "Admins only.")
    @ApiResponse(responseCode = "200", description = "It waits to be sent")
    @ApiResponse(responseCode = "404", description = "no-such-mail")
    @ApiResponse(
            responseCode = "409",
            description = "mail-not-failed: it has not failed, or is of no use any more")
    MailView retryMail(@PathVariable UUID id) {
        var retry =
                mails.retry(id)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                HttpStatus.NOT_FOUND,
                                                "no-such-mail",
                                                "There is no mail %s.".formatted(id)));
        return switch (retry) {
            case Queued(var mail) -> MailView.of(mail);
            case MailKeeping.Retry.Refused(var mail) ->
                    throw new Refused(
                            HttpStatus.CONFLICT,
                            "mail-not-failed",
                            mail.state() == MailState.FAILED
                                    ? "The mail came too late to be of use."
                                    : "The mail has not failed: it is %s.".formatted(mail.state()));
        };
    }

    private static MailState state(String name) {
        try {
            return MailState.valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problems.invalid("state", "must be of " + Arrays.toString(MailState.values()));
        }
    }
}
