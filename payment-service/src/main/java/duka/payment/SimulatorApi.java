package duka.payment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The simulator's HTTP API, as far as we use it. */
interface SimulatorApi {

    @JsonNaming(SnakeCaseStrategy.class)
    record Authorize(
            String idempotencyKey,
            String reference,
            long amountMinor,
            String currency,
            String token) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Change(String idempotencyKey) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Refund(String idempotencyKey, long amountMinor) {}

    /** What it did with an idempotency key; from whoever else answers, anything may be missing. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Operation(
            @Nullable Status status,
            @Nullable String authorizationId,
            @Nullable AuthorizationStatus authorizationStatus,
            @Nullable String reason,
            @Nullable String actionUrl) {}

    enum Status {
        SUCCEEDED,
        REFUSED,
        PENDING
    }

    enum AuthorizationStatus {
        PENDING,
        AUTHORIZED,
        DECLINED,
        CAPTURED,
        VOIDED
    }

    @PostExchange("/v1/authorizations")
    Operation authorize(@RequestBody Authorize asked);

    @PostExchange("/v1/authorizations/{id}/capture")
    Operation capture(@PathVariable String id, @RequestBody Change asked);

    @PostExchange("/v1/authorizations/{id}/void")
    Operation voidIt(@PathVariable String id, @RequestBody Change asked);

    @PostExchange("/v1/authorizations/{id}/refunds")
    Operation refund(@PathVariable String id, @RequestBody Refund asked);

    @GetExchange("/v1/operations/{key}")
    Operation operation(@PathVariable String key);
}
