package duka.identity.mail;

import static duka.identity.mail.Template.PAYMENT_ACTION;
import static duka.identity.mail.Template.PAYMENT_RECEIPT;
import static duka.identity.mail.Template.PAYMENT_REFUNDED;

import duka.events.PaymentEvent;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.Topics;
import duka.messaging.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Writes to customers about their money. It may hear of an order's payment before {@link OrderFeed}
 * has heard of the order: the mail then waits until somebody knows whose it is.
 */
@Component
class PaymentFeed {

    private final Beginning beginning;
    private final Mailbox mailbox;
    private final MailProperties properties;

    PaymentFeed(Beginning beginning, Mailbox mailbox, MailProperties properties) {
        this.beginning = beginning;
        this.mailbox = mailbox;
        this.properties = properties;
    }

    @KafkaListener(topics = Topics.PAYMENTS, groupId = "identity-mail")
    void onPayments(List<Said<PaymentEvent.ForCustomer>> heard) {
        var mails = new ArrayList<Mail>();
        for (var said : beginning.news(heard)) {
            switch (said.event()) {
                case PaymentActionRequired payment -> mails.add(actionRequired(payment, said.at()));
                case PaymentCaptured payment -> mails.add(captured(payment));
                case PaymentRefunded payment -> mails.add(refunded(payment));
            }
        }
        mailbox.post(mails);
    }

    private Mail actionRequired(PaymentActionRequired payment, Instant since) {
        return about(
                        payment,
                        PAYMENT_ACTION,
                        "payment-action:%s:%s".formatted(payment.paymentId(), payment.action()),
                        Map.of(
                                "amount",
                                payment.amount().toString(),
                                "link",
                                isWebAddress(payment.url()) ? payment.url() : ""))
                .goodUntil(since.plus(properties.payWithin()));
    }

    private static Mail captured(PaymentCaptured payment) {
        return about(
                payment,
                PAYMENT_RECEIPT,
                "payment-receipt:" + payment.paymentId(),
                Map.of(
                        "amount", payment.amount().toString(),
                        "payment_id", payment.paymentId().toString()));
    }

    private static Mail refunded(PaymentRefunded payment) {
        return about(
                payment,
                PAYMENT_REFUNDED,
                "payment-refunded:" + payment.refundId(),
                Map.of(
                        "amount", payment.amount().toString(),
                        "refund_id", payment.refundId().toString()));
    }

    private static Mail about(
            PaymentEvent payment, Template template, String about, Map<String, Object> facts) {
        return Mail.aboutOrder(payment.orderId(), template, about).with(facts);
    }

    /** A mail program follows whatever a link says. */
    private static boolean isWebAddress(@Nullable String url) {
        return url != null && (url.startsWith("https://") || url.startsWith("http://"));
    }
}
