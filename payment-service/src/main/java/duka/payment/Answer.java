package duka.payment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a provider says to a {@link Request}: always definite. Not knowing is no answer. */
sealed interface Answer {

    /**
     * @param reference the provider's own name for the payment
     */
    record Authorized(String reference) implements Answer {}

    /**
     * @param url where the customer approves; none if it is asked elsewhere, as on its phone
     */
    record ActionRequired(String reference, @Nullable String url) implements Answer {}

    record Declined(String reason) implements Answer {}

    record Captured() implements Answer {}

    record CaptureRefused(String reason) implements Answer {}

    record Voided() implements Answer {}

    /** It was to be voided, but had been declined before. */
    record HadDeclined(String reason) implements Answer {}

    record Refunded(UUID refundId) implements Answer {}

    /** For good: the same question will have the same answer. */
    record RefundRefused(UUID refundId, String reason) implements Answer {}
}
