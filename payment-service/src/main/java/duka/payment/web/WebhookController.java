package duka.payment.web;

import duka.payment.Webhooks;
import duka.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "webhooks")
@RestController
class WebhookController {

    private final Webhooks webhooks;

    WebhookController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Operation(summary = "For payment providers, which sign what they send.")
    @PostMapping("/api/v1/webhooks/{provider}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> receiveWebhook(
            @PathVariable String provider,
            @RequestBody(required = false) byte[] body,
            HttpServletRequest request) {
        var bytes = body == null ? new byte[0] : body;
        return switch (webhooks.receive(provider, request::getHeader, bytes)) {
            case TAKEN -> ResponseEntity.noContent().build();
            case NOT_PROVEN ->
                    throw new Refused(
                            HttpStatus.UNAUTHORIZED,
                            "webhook-not-proven",
                            "The webhook's signature is missing, wrong or too old.");
            case UNREADABLE ->
                    throw new Refused(
                            HttpStatus.BAD_REQUEST,
                            "webhook-unreadable",
                            "The webhook names no order.");
            case UNKNOWN_PROVIDER ->
                    throw new Refused(
                            HttpStatus.NOT_FOUND,
                            "unknown-provider",
                            "There is no provider of that name.");
        };
    }
}
