package duka.payment;

import java.time.Instant;
import java.util.UUID;

/**
 * A request that this process alone may send, until its lease ends.
 *
 * @param again somebody may have sent it before
 */
record Call(
        UUID paymentId,
        UUID orderId,
        String provider,
        Request request,
        boolean again,
        Instant leasedUntil) {}
