package duka.identity.mail;

import static duka.identity.mail.Template.ORDER_CANCELLED;
import static duka.identity.mail.Template.ORDER_CONFIRMED;
import static duka.identity.mail.Template.ORDER_DELIVERED;
import static duka.identity.mail.Template.ORDER_LINES_CANCELLED;
import static duka.identity.mail.Template.ORDER_REJECTED;
import static duka.identity.mail.Template.ORDER_RETURNED;
import static duka.identity.mail.Template.ORDER_SHIPPED;
import static duka.identity.mail.Template.PAYMENT_ACTION;
import static duka.identity.mail.Template.PAYMENT_REMINDER;
import static duka.identity.mail.Template.RETURN_APPROVED;
import static duka.identity.mail.Template.RETURN_REJECTED;
import static duka.identity.mail.Template.RETURN_REQUESTED;

import duka.events.OrderEvent;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderPaymentReminded;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.OrderEvent.OrderRejected;
import duka.events.OrderEvent.OrderReturnApproved;
import duka.events.OrderEvent.OrderReturnRejected;
import duka.events.OrderEvent.OrderReturnRequested;
import duka.events.OrderEvent.OrderReturned;
import duka.events.OrderEvent.OrderShipped;
import duka.events.Quantity;
import duka.events.Refusal;
import duka.events.Topics;
import duka.messaging.Said;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Writes to customers what becomes of their orders. */
@Component
class OrderFeed {

    /** Of use only while there is something to pay. */
    private static final List<Template> TO_PAY = List.of(PAYMENT_ACTION, PAYMENT_REMINDER);

    private final Beginning beginning;
    private final OrderCopies orders;
    private final Mailbox mailbox;
    private final Clock clock;

    OrderFeed(Beginning beginning, OrderCopies orders, Mailbox mailbox, Clock clock) {
        this.beginning = beginning;
        this.orders = orders;
        this.mailbox = mailbox;
        this.clock = clock;
    }

    @KafkaListener(topics = Topics.ORDERS, groupId = "identity-mail")
    void onOrders(List<Said<OrderEvent.ForCustomer>> heard) {
        learn(heard);
        var decided = new ArrayList<UUID>();
        var mails = new ArrayList<Mail>();
        for (var said : beginning.news(heard)) {
            switch (said.event()) {
                // There is nothing to tell before it is known to be confirmed.
                case OrderPlaced _ -> {}
                case OrderConfirmed order -> {
                    decided.add(order.orderId());
                    mails.add(once(order, ORDER_CONFIRMED));
                }
                case OrderRejected order -> mails.add(rejected(order));
                case OrderCancelled order -> {
                    decided.add(order.orderId());
                    mails.add(cancelled(order));
                }
                case OrderLinesCancelled order -> mails.add(linesCancelled(order));
                case OrderShipped order -> mails.add(shipped(order));
                case OrderDelivered order -> mails.add(once(order, ORDER_DELIVERED));
                case OrderReturned order -> mails.add(once(order, ORDER_RETURNED));
                case OrderPaymentReminded order -> mails.add(reminded(order));
                case OrderReturnRequested order ->
                        mails.add(
                                ofReturn(order, RETURN_REQUESTED, order.returnId())
                                        .with(Map.of("reason", order.reason())));
                case OrderReturnApproved order ->
                        mails.add(ofReturn(order, RETURN_APPROVED, order.returnId()));
                case OrderReturnRejected order ->
                        mails.add(
                                ofReturn(order, RETURN_REJECTED, order.returnId())
                                        .with(Map.of("reason", order.reason())));
            }
        }
        mailbox.post(mails);
        mailbox.withdraw(decided, TO_PAY, "the order does not wait for a payment any more");
    }

    /** Whose they are, however old: something may become of them yet. */
    private void learn(List<Said<OrderEvent.ForCustomer>> heard) {
        var placed =
                heard.stream()
                        .map(Said::event)
                        .filter(OrderPlaced.class::isInstance)
                        .map(OrderPlaced.class::cast)
                        .toList();
        if (!placed.isEmpty()) {
            orders.learn(placed);
        }
    }

    private static Mail rejected(OrderRejected order) {
        return once(order, ORDER_REJECTED)
                .with(Map.of("refused", order.refused().stream().map(OrderFeed::refused).toList()));
    }

    private static Map<String, Object> refused(Refusal refusal) {
        return Map.of(
                "product_id",
                refusal.productId().toString(),
                "why",
                switch (refusal.why()) {
                    case OUT_OF_STOCK ->
                            refusal.available() > 0
                                    ? "only %d left".formatted(refusal.available())
                                    : "sold out";
                    case PRICE_CHANGED -> "its price has changed";
                    case WITHDRAWN -> "not for sale any more";
                });
    }

    private static Mail cancelled(OrderCancelled order) {
        return once(order, ORDER_CANCELLED)
                .with(
                        Map.of(
                                "why", why(order.reason()),
                                "money_back", order.afterConfirmation()));
    }

    private static String why(CancelReason reason) {
        return switch (reason) {
            case CUSTOMER -> "You cancelled it.";
            case STAFF -> "We had to cancel it.";
            case DEADLINE -> "It was not paid in time.";
            case DECLINED -> "The payment was declined.";
            case PAYMENT_FAILED -> "The payment could not be taken.";
        };
    }

    /** There can be several of the same, and nothing tells them apart. */
    private Mail linesCancelled(OrderLinesCancelled order) {
        return Mail.aboutOrder(
                        order.orderId(),
                        ORDER_LINES_CANCELLED,
                        "%s:%s:%s"
                                .formatted(
                                        ORDER_LINES_CANCELLED.fileName(),
                                        order.orderId(),
                                        Uuid7.mint(clock)))
                .with(
                        Map.of(
                                "lines", lines(order.lines()),
                                "amount", order.amount().toString()));
    }

    private static Mail shipped(OrderShipped order) {
        return Mail.aboutOrder(
                        order.orderId(), ORDER_SHIPPED, "order-shipped:" + order.shipmentId())
                .with(Map.of("lines", lines(order.lines()), "complete", order.complete()));
    }

    private static Mail reminded(OrderPaymentReminded order) {
        return Mail.aboutOrder(
                        order.orderId(),
                        PAYMENT_REMINDER,
                        "payment-reminder:%s:%d".formatted(order.orderId(), order.reminder()))
                .with(
                        Map.of(
                                "amount", order.total().toString(),
                                "deadline", Shown.at(order.deadline()),
                                "last", order.reminder() > 1))
                .goodUntil(order.deadline());
    }

    private static Mail once(OrderEvent order, Template template) {
        return Mail.aboutOrder(
                order.orderId(), template, template.fileName() + ":" + order.orderId());
    }

    private static Mail ofReturn(OrderEvent order, Template template, UUID returnId) {
        return Mail.aboutOrder(order.orderId(), template, template.fileName() + ":" + returnId);
    }

    private static List<Map<String, Object>> lines(List<Quantity> lines) {
        return lines.stream()
                .map(
                        line ->
                                Map.<String, Object>of(
                                        "product_id", line.productId().toString(),
                                        "quantity", line.quantity()))
                .toList();
    }
}
