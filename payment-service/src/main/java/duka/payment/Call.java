package duka.payment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that this process alone may send, until its lease ends.
 *
 * @param again somebody may have sent it before
 * @param traceparent of what it is made for
 */
record Call(
        UUID paymentId,
        UUID orderId,
        String provider,
        Request request,
        boolean again,
        Instant leasedUntil,
        @Nullable String traceparent) {}
