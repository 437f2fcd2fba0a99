package duka.payment.web;

import duka.events.PaymentEvent.Action;
import duka.events.PaymentMethod;
import duka.payment.Payment;
import duka.payment.PaymentStatus;
import duka.web.Caller;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param order the same as order_id, by an older name
 * @param reference the provider's name for it; the payment's own id while the provider has none
 * @param action what the customer has to do next
 * @param needsStaff whether a refund was refused for good and nobody has settled it
 */
record PaymentView(
        UUID id,
        UUID orderId,
        UUID order,
        String amount,
        String currency,
        PaymentMethod method,
        String provider,
        String reference,
        PaymentStatus status,
        @Nullable String reason,
        @Nullable ActionView action,
        List<RefundView> refunds,
        boolean needsStaff,
        Instant createdAt) {

    record ActionView(Action type, @Nullable String url) {}

    static PaymentView of(Payment payment, Caller reader) {
        var action = payment.action();
        var reference = payment.reference();
        return new PaymentView(
                payment.id(),
                payment.orderId(),
                payment.orderId(),
                payment.amount().decimal(),
                payment.amount().currency().getCurrencyCode(),
                payment.method(),
                payment.provider(),
                reference == null ? payment.id().toString() : reference,
                payment.status(),
                payment.reason(),
                action == null ? null : new ActionView(action, payment.actionUrl()),
                payment.refunds().stream().map(refund -> RefundView.of(refund, reader)).toList(),
                payment.needsStaff(),
                payment.createdAt());
    }
}
