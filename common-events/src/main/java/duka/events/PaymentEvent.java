package duka.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What payment-service says. Amounts are what was asked of the provider, never what is wished. */
public sealed interface PaymentEvent extends CheckoutEvent {

    UUID paymentId();

    Money amount();

    /** What the customer is written about. */
    sealed interface ForCustomer extends PaymentEvent {}

    record PaymentAuthorized(UUID orderId, UUID paymentId, Money amount) implements PaymentEvent {}

    /**
     * @param url where the customer approves; none when a payment token is what is missing
     */
    record PaymentActionRequired(
            UUID orderId, UUID paymentId, Money amount, Action action, @Nullable String url)
            implements ForCustomer {}

    record PaymentDeclined(UUID orderId, UUID paymentId, Money amount, String reason)
            implements PaymentEvent {}

    record PaymentCaptured(UUID orderId, UUID paymentId, Money amount) implements ForCustomer {}

    /** The provider refused for good to capture what it had authorized. */
    record PaymentFailed(UUID orderId, UUID paymentId, Money amount, String reason)
            implements PaymentEvent {}

    record PaymentVoided(UUID orderId, UUID paymentId, Money amount) implements PaymentEvent {}

    /**
     * @param askedBy none in what was said before this was told
     */
    record PaymentRefunded(
            UUID orderId,
            UUID paymentId,
            UUID refundId,
            Money amount,
            String reason,
            @Nullable Asker askedBy)
            implements ForCustomer {}

    /** Why money goes back: the order or a part of it is over, or staff wanted it to. */
    enum Asker {
        ORDER,
        STAFF
    }

    /** What the customer has to do. */
    enum Action {
        INITIATE,
        APPROVE
    }
}
