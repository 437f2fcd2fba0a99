package duka.order;

import static duka.events.OrderEvent.CancelReason.DEADLINE;
import static duka.events.OrderEvent.CancelReason.DECLINED;
import static duka.events.OrderEvent.CancelReason.PAYMENT_FAILED;
import static duka.events.PaymentMethod.CASH_ON_DELIVERY;
import static duka.messaging.Step.become;
import static duka.messaging.Step.stay;
import static duka.order.OrderStatus.AWAITING_PAYMENT;
import static duka.order.OrderStatus.CONFIRMED;
import static duka.order.OrderStatus.DELIVERED;
import static duka.order.OrderStatus.PARTLY_SHIPPED;
import static duka.order.OrderStatus.REJECTED;
import static duka.order.OrderStatus.RETURNED;
import static duka.order.OrderStatus.SHIPPED;

import duka.events.CartEvent;
import duka.events.CartEvent.CartCheckedOut;
import duka.events.OrderEvent;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.OrderEvent.OrderRejected;
import duka.events.OrderEvent.OrderReturned;
import duka.events.PaymentEvent;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.PaymentEvent.PaymentFailed;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.events.ReservationEvent.StockReserved;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import duka.events.Topics;
import duka.messaging.Impossible;
import duka.messaging.Step;
import duka.order.Order.Lines;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * The order's part in checkout, whole: what it hears, what each hearing does to an order, and what
 * it then says. It is the arbiter: the other participants follow what it says, and nobody else
 * decides whether an order lives or dies.
 */
@Component
class CheckoutSaga {

    private final Turns turns;
    private final CheckoutProperties patience;

    CheckoutSaga(Turns turns, CheckoutProperties patience) {
        this.turns = turns;
        this.patience = patience;
    }

    // What it hears. What people and the clock wish comes through the use cases.

    @KafkaListener(topics = Topics.CART)
    void onCart(List<CartEvent> heard) {
        var turn = turns.of(heard);
        for (var event : heard) {
            switch (event) {
                case CartCheckedOut cart ->
                        turn.find(cart)
                                .ifPresentOrElse(
                                        order -> turn.hear(order, cart, heardAgain(order, cart)),
                                        () -> turn.place(cart));
            }
        }
        turn.end();
    }

    @KafkaListener(topics = Topics.STOCK)
    void onStock(List<ReservationEvent> heard) {
        turns.hear(heard, CheckoutSaga::take);
    }

    @KafkaListener(topics = Topics.PAYMENTS)
    void onPayments(List<PaymentEvent> heard) {
        turns.hear(heard, this::take);
    }

    private static Step<OrderAt> take(Order order, ReservationEvent event) {
        var step = heard(order.at(), event);
        order.note(event);
        return step;
    }

    private Step<OrderAt> take(Order order, PaymentEvent event) {
        var step = heard(order.at(), event);
        order.note(event);
        if (event instanceof PaymentActionRequired) {
            order.waitForCustomerUntil(order.createdAt().plus(patience.pendingDeadline()));
        }
        return step;
    }

    // What each hearing does to an order.

    static Step<OrderAt> heard(OrderAt at, ReservationEvent event) {
        return switch (event) {
            case StockReserved _ -> stockReserved(at);
            case StockRejected rejected -> stockRejected(at, why(rejected));
            case StockTaken _ -> stockTaken(at);
            case StockReleased _ -> stockReleased(at);
            case StockReturned _ -> stockReturned(at);
        };
    }

    static Step<OrderAt> heard(OrderAt at, PaymentEvent event) {
        return switch (event) {
            case PaymentActionRequired e -> paymentActionRequired(at, e.action().name());
            case PaymentAuthorized _ -> paymentAuthorized(at);
            case PaymentDeclined e -> paymentDeclined(at, e.reason());
            case PaymentCaptured _ -> paymentCaptured(at);
            case PaymentFailed e -> paymentFailed(at, e.reason());
            case PaymentVoided _ -> paymentVoided(at);
            case PaymentRefunded e -> paymentRefunded(at, e.amount() + ": " + e.reason());
        };
    }

    /** Of an order that is there already; one that is not becomes PLACED. */
    static Step<OrderAt> checkedOutAgain(OrderAt at, boolean same) {
        if (same) {
            return stay("heard before");
        }
        throw new Impossible("CartCheckedOut of something else", at);
    }

    static Step<OrderAt> stockReserved(OrderAt at) {
        return switch (at.status()) {
            case PLACED -> become(at.to(AWAITING_PAYMENT));
            case CANCELLED -> stay("catalog releases it when it hears OrderCancelled");
            case AWAITING_PAYMENT, REJECTED -> never("StockReserved", at);
            case CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    never("StockReserved", at);
        };
    }

    static Step<OrderAt> stockRejected(OrderAt at, String why) {
        return switch (at.status()) {
            case PLACED -> become(at.to(REJECTED), why);
            case CANCELLED -> stay("no stock was held");
            case AWAITING_PAYMENT, REJECTED -> never("StockRejected", at);
            case CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    never("StockRejected", at);
        };
    }

    static Step<OrderAt> paymentActionRequired(OrderAt at, String what) {
        return switch (at.status()) {
            case AWAITING_PAYMENT -> stay("the customer has to " + what);
            case CANCELLED -> stay("payment voids it when it hears OrderCancelled");
            case PLACED, REJECTED, CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    never("PaymentActionRequired", at);
        };
    }

    /** The pivot. */
    static Step<OrderAt> paymentAuthorized(OrderAt at) {
        return switch (at.status()) {
            case AWAITING_PAYMENT -> become(at.to(CONFIRMED));
            case CANCELLED -> stay("payment voids it when it hears OrderCancelled");
            case PLACED, REJECTED, CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    never("PaymentAuthorized", at);
        };
    }

    static Step<OrderAt> paymentDeclined(OrderAt at, String why) {
        return switch (at.status()) {
            case AWAITING_PAYMENT -> become(at.cancelled(DECLINED), why);
            case CANCELLED -> stay("no money was held");
            case PLACED, REJECTED, CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    never("PaymentDeclined", at);
        };
    }

    static Step<OrderAt> cancelWished(OrderAt at, CancelReason by) {
        return switch (at.status()) {
            case PLACED, AWAITING_PAYMENT -> become(at.cancelled(by));
            case CONFIRMED ->
                    at.whole() ? become(at.cancelled(by)) : stay("some lines were cancelled");
            case REJECTED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED, CANCELLED ->
                    stay("too late");
        };
    }

    static Step<OrderAt> deadlinePassed(OrderAt at) {
        return switch (at.status()) {
            case PLACED, AWAITING_PAYMENT -> become(at.cancelled(DEADLINE));
            case REJECTED, CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED, CANCELLED ->
                    stay("decided in time");
        };
    }

    static Step<OrderAt> paymentCaptured(OrderAt at) {
        var cashIsDue = at.method() == CASH_ON_DELIVERY && !at.captured();
        return switch (at.status()) {
            case CONFIRMED -> // what was captured, or is cash that nobody has paid yet, may ship
                    at.mayShip() ? never("PaymentCaptured", at) : become(at.paid(), "may ship");
            case DELIVERED, RETURNED ->
                    cashIsDue ? stay("paid at the door") : never("PaymentCaptured", at);
            case CANCELLED -> stay("payment refunds it when it hears OrderCancelled");
            case PLACED, AWAITING_PAYMENT, REJECTED, PARTLY_SHIPPED, SHIPPED ->
                    never("PaymentCaptured", at);
        };
    }

    static Step<OrderAt> paymentFailed(OrderAt at, String why) {
        return switch (at.status()) {
            case CONFIRMED ->
                    at.mayShip()
                            ? never("PaymentFailed", at)
                            : become(at.cancelled(PAYMENT_FAILED), why);
            case CANCELLED -> stay("cancelled before");
            case PLACED, AWAITING_PAYMENT, REJECTED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    never("PaymentFailed", at);
        };
    }

    static Step<OrderAt> shipped(OrderAt at, Lines rest) {
        return switch (at.status()) {
            case CONFIRMED, PARTLY_SHIPPED ->
                    switch (rest) {
                        case OPEN -> shippedAs(PARTLY_SHIPPED, at);
                        case SHIPPED -> shippedAs(SHIPPED, at);
                        case CANCELLED -> never("shipment of nothing", at);
                    };
            case PLACED, AWAITING_PAYMENT, REJECTED, SHIPPED, DELIVERED, RETURNED, CANCELLED ->
                    stay("nothing of it is to be shipped");
        };
    }

    private static Step<OrderAt> shippedAs(OrderStatus next, OrderAt at) {
        return at.mayShip()
                ? become(at.divided().to(next))
                : stay("the money has not been taken yet");
    }

    static Step<OrderAt> linesCancelled(OrderAt at, Lines rest, CancelReason by) {
        if (!at.captured()) {
            return stay("the money has not been taken yet");
        }
        return switch (at.status()) {
            case CONFIRMED, PARTLY_SHIPPED ->
                    switch (rest) {
                        case OPEN -> become(at.divided());
                        case SHIPPED -> become(at.divided().to(SHIPPED));
                        case CANCELLED -> become(at.divided().cancelled(by));
                    };
            case PLACED, AWAITING_PAYMENT, REJECTED, SHIPPED, DELIVERED, RETURNED, CANCELLED ->
                    stay("no line of it is open");
        };
    }

    static Step<OrderAt> delivered(OrderAt at, boolean all) {
        return switch (at.status()) {
            case SHIPPED -> all ? become(at.to(DELIVERED)) : stay("more is on its way");
            case PARTLY_SHIPPED -> stay("more is to be shipped");
            case PLACED, AWAITING_PAYMENT, REJECTED, CONFIRMED, DELIVERED, RETURNED, CANCELLED ->
                    stay("nothing of it is on its way");
        };
    }

    static Step<OrderAt> cameBack(OrderAt at) {
        return switch (at.status()) {
            case SHIPPED, DELIVERED -> become(at.to(RETURNED));
            case PLACED, AWAITING_PAYMENT, REJECTED, CONFIRMED -> stay("it has not left yet");
            case PARTLY_SHIPPED, RETURNED, CANCELLED -> stay("it cannot come back");
        };
    }

    static Step<OrderAt> stockTaken(OrderAt at) {
        return onlyAfterThePivot("StockTaken", at, "out of the shelf");
    }

    static Step<OrderAt> stockReturned(OrderAt at) {
        return onlyAfterThePivot("StockReturned", at, "back on the shelf");
    }

    static Step<OrderAt> paymentRefunded(OrderAt at, String what) {
        return onlyAfterThePivot("PaymentRefunded", at, what);
    }

    static Step<OrderAt> stockReleased(OrderAt at) {
        return switch (at.status()) {
            case CANCELLED -> stay("free for others");
            case PLACED, AWAITING_PAYMENT, REJECTED -> never("StockReleased", at);
            case CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    never("StockReleased", at);
        };
    }

    static Step<OrderAt> paymentVoided(OrderAt at) {
        return switch (at.status()) {
            case CANCELLED, RETURNED -> stay("no money is held any more");
            case PLACED, AWAITING_PAYMENT, REJECTED -> never("PaymentVoided", at);
            case CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED -> never("PaymentVoided", at);
        };
    }

    private static Step<OrderAt> onlyAfterThePivot(String heard, OrderAt at, String note) {
        return switch (at.status()) {
            case CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED, CANCELLED -> stay(note);
            case PLACED, AWAITING_PAYMENT, REJECTED -> never(heard, at);
        };
    }

    private static Step<OrderAt> never(String heard, OrderAt at) {
        throw new Impossible(heard, at);
    }

    // What it then says.

    static OrderEvent announce(Order order, CheckoutProperties patience) {
        var id = order.id().value();
        return switch (order.status()) {
            case PLACED ->
                    new OrderPlaced(id, order.customer().value(), order.bought(), order.total());
            case AWAITING_PAYMENT -> askForPayment(order, patience);
            case REJECTED -> new OrderRejected(id, order.refusals());
            case CONFIRMED -> new OrderConfirmed(id);
            case CANCELLED -> new OrderCancelled(id, order.at().because(), order.wasConfirmed());
            case DELIVERED -> new OrderDelivered(id);
            case RETURNED -> new OrderReturned(id);
            case PARTLY_SHIPPED, SHIPPED ->
                    throw new IllegalStateException("each shipment is announced with its lines");
        };
    }

    private static OrderEvent askForPayment(Order order, CheckoutProperties patience) {
        var token = order.handOverPaymentToken();
        if (token == null && order.paymentMethod() != CASH_ON_DELIVERY) {
            order.waitForCustomerUntil(order.createdAt().plus(patience.pendingDeadline()));
        } else {
            order.waitUntil(order.createdAt().plus(patience.deadline()));
        }
        return new OrderAwaitingPayment(
                order.id().value(),
                order.customer().value(),
                order.total(),
                order.vendorShares(),
                order.paymentMethod(),
                token,
                order.deadline());
    }

    private static Step<OrderAt> heardAgain(Order order, CartCheckedOut cart) {
        return checkedOutAgain(order.at(), order.isMadeFrom(cart));
    }

    private static String why(StockRejected rejected) {
        return rejected.refused().stream()
                .map(refusal -> refusal.why().name())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
