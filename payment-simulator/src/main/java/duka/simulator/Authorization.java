package duka.simulator;

import static duka.simulator.Entry.Kind.AUTHORIZED;
import static duka.simulator.Entry.Kind.CAPTURED;
import static duka.simulator.Entry.Kind.DECLINED;
import static duka.simulator.Entry.Kind.REFUNDED;
import static duka.simulator.Entry.Kind.VOIDED;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one authorization so far; amounts are in minor units. */
record Authorization(
        String authorizationId,
        String idempotencyKey,
        String reference,
        Status status,
        String currency,
        String token,
        long amountMinor,
        long authorizedMinor,
        long capturedMinor,
        long voidedMinor,
        long refundedMinor,
        @Nullable String reason,
        Instant requestedAt,
        @Nullable Instant decidedAt,
        @Nullable Instant capturedAt,
        @Nullable Instant voidedAt,
        @Nullable Instant refundedAt,
        long lastEntry) {

    enum Status {
        PENDING,
        AUTHORIZED,
        DECLINED,
        CAPTURED,
        VOIDED
    }

    static Authorization begunBy(Entry entry) {
        return new Authorization(
                        entry.authorizationId(),
                        String.valueOf(entry.key()),
                        entry.reference(),
                        Status.PENDING,
                        entry.currency(),
                        String.valueOf(entry.token()),
                        entry.amountMinor(),
                        0,
                        0,
                        0,
                        0,
                        null,
                        entry.at(),
                        null,
                        null,
                        null,
                        null,
                        0)
                .after(entry);
    }

    Authorization after(Entry entry) {
        var kind = entry.kind();
        return new Authorization(
                authorizationId,
                idempotencyKey,
                reference,
                statusAfter(kind),
                currency,
                token,
                amountMinor,
                kind == AUTHORIZED ? amountMinor : authorizedMinor,
                kind == CAPTURED ? entry.amountMinor() : capturedMinor,
                kind == VOIDED ? authorizedMinor : voidedMinor,
                kind == REFUNDED ? refundedMinor + entry.amountMinor() : refundedMinor,
                entry.reason() == null ? reason : entry.reason(),
                requestedAt,
                kind == AUTHORIZED || kind == DECLINED ? entry.at() : decidedAt,
                kind == CAPTURED ? entry.at() : capturedAt,
                kind == VOIDED ? entry.at() : voidedAt,
                kind == REFUNDED ? entry.at() : refundedAt,
                entry.number());
    }

    TestToken testToken() {
        return TestToken.of(token);
    }

    private Status statusAfter(Entry.Kind kind) {
        return switch (kind) {
            case AUTHORIZED -> Status.AUTHORIZED;
            case DECLINED -> Status.DECLINED;
            case CAPTURED -> Status.CAPTURED;
            case VOIDED -> Status.VOIDED;
            case PENDING, CAPTURE_REFUSED, VOID_REFUSED, REFUNDED, REFUND_REFUSED -> status;
        };
    }
}
