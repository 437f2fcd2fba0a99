package duka.payment;

import duka.events.Money;
import duka.events.Sealed;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One operation that a provider is asked for. The same key always means the same operation. */
sealed interface Request {

    String key();

    /**
     * @param token none once it was used: then the provider can only be asked what it did
     */
    record Authorize(String key, UUID orderId, Money amount, @Nullable Sealed token)
            implements Request {}

    record Capture(String key, String reference) implements Request {}

    /**
     * @param reference none if nothing was ever authorized, so that there is nothing to void
     */
    record Void(String key, @Nullable String reference) implements Request {}

    record Refund(String key, UUID refundId, String reference, Money amount) implements Request {}
}
