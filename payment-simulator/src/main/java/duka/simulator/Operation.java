package duka.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the shop asked for under one idempotency key, and the answer, which stays the same however
 * often it asks. Only the answer to an authorization that was pending changes: once.
 *
 * @param authorizationStatus what the authorization was after it
 * @param actionUrl where the customer approves, while that is what it waits for
 */
record Operation(
        String idempotencyKey,
        Kind operation,
        Status status,
        String authorizationId,
        Authorization.Status authorizationStatus,
        String reference,
        long amountMinor,
        String currency,
        @Nullable String reason,
        @Nullable String actionUrl,
        Instant at) {

    enum Kind {
        AUTHORIZE,
        CAPTURE,
        VOID,
        REFUND
    }

    enum Status {
        SUCCEEDED,
        REFUSED,
        PENDING
    }

    static Operation of(String key, Entry entry, Authorization after, @Nullable String actionUrl) {
        return new Operation(
                key,
                kind(entry.kind()),
                status(entry.kind()),
                after.authorizationId(),
                after.status(),
                after.reference(),
                entry.amountMinor(),
                entry.currency(),
                entry.reason(),
                actionUrl,
                entry.at());
    }

    /** A pending authorization was voided, so it will never be approved. */
    Operation givenUp(Entry by) {
        return new Operation(
                idempotencyKey,
                operation,
                Status.REFUSED,
                authorizationId,
                Authorization.Status.VOIDED,
                reference,
                amountMinor,
                currency,
                "voided",
                null,
                by.at());
    }

    private static Kind kind(Entry.Kind kind) {
        return switch (kind) {
            case PENDING, AUTHORIZED, DECLINED -> Kind.AUTHORIZE;
            case CAPTURED, CAPTURE_REFUSED -> Kind.CAPTURE;
            case VOIDED, VOID_REFUSED -> Kind.VOID;
            case REFUNDED, REFUND_REFUSED -> Kind.REFUND;
        };
    }

    private static Status status(Entry.Kind kind) {
        return switch (kind) {
            case PENDING -> Status.PENDING;
            case AUTHORIZED, CAPTURED, VOIDED, REFUNDED -> Status.SUCCEEDED;
            case DECLINED, CAPTURE_REFUSED, VOID_REFUSED, REFUND_REFUSED -> Status.REFUSED;
        };
    }
}
