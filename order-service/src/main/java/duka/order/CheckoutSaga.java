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
import duka.events.CheckoutEvent;
import duka.events.OrderEvent;
import duka.events.OrderEvent.CancelReason;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.OrderEvent.OrderRejected;
import duka.events.OrderEvent.OrderReturned;
import duka.events.OrderEvent.OrderShipped;
import duka.events.PaymentEvent;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.PaymentEvent.PaymentFailed;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.Quantity;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.events.ReservationEvent.StockReserved;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import duka.events.StockEvent;
import duka.events.Topics;
import duka.messaging.Impossible;
import duka.messaging.Outbox;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import duka.order.Order.Lines;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * The order's part in checkout, whole: what it hears, what each hearing does to an order, and what
 * it then says. It is the arbiter: the other participants follow what it says, and nobody else
 * decides whether an order lives or dies.
 */
@Component
class CheckoutSaga {

    private static final Logger log = LoggerFactory.getLogger(CheckoutSaga.class);

    private final Orders orders;
    private final Outbox outbox;
    private final CheckoutProperties patience;
    private final CheckoutMeters meters;
    private final Clock clock;

    CheckoutSaga(
            Orders orders,
            Outbox outbox,
            CheckoutProperties patience,
            CheckoutMeters meters,
            Clock clock) {
        this.orders = orders;
        this.outbox = outbox;
        this.patience = patience;
        this.meters = meters;
        this.clock = clock;
    }

    // What it hears: from Kafka, where the plumbing opens the transaction and brings only what is
    // new; from people and the clock, in theirs and of orders that they have locked.

    @KafkaListener(topics = Topics.CART)
    void onCart(List<CartEvent> heard) {
        var known = orders.lock(ids(heard));
        var said = new ArrayList<OrderEvent>();
        for (var event : heard) {
            switch (event) {
                case CartCheckedOut cart -> said.addAll(checkOut(known, cart));
            }
        }
        end(known.values(), said);
    }

    @KafkaListener(topics = Topics.STOCK)
    void onStock(List<StockEvent> heard) {
        var reservations =
                heard.stream()
                        .filter(ReservationEvent.class::isInstance)
                        .map(ReservationEvent.class::cast)
                        .toList();
        var known = orders.lock(ids(reservations));
        var said = new ArrayList<OrderEvent>();
        for (var event : reservations) {
            var order = known(known, event);
            var step = heard(order.at(), event);
            order.note(event);
            said.addAll(hear(order, name(event), step));
        }
        end(known.values(), said);
    }

    @KafkaListener(topics = Topics.PAYMENTS)
    void onPayments(List<PaymentEvent> heard) {
        var known = orders.lock(ids(heard));
        var said = new ArrayList<OrderEvent>();
        for (var event : heard) {
            var order = known(known, event);
            var step = heard(order.at(), event);
            order.note(event);
            if (event instanceof PaymentActionRequired) {
                order.waitUntil(order.createdAt().plus(patience.pendingDeadline()));
            }
            said.addAll(hear(order, name(event), step));
        }
        end(known.values(), said);
    }

    /** The customer's wish, or staff's. Whether it came in time. */
    boolean cancel(Order locked, CancelReason by) {
        var wish = by == CancelReason.STAFF ? "CancelledByStaff" : "CancelledByCustomer";
        return wish(locked, wish, cancelWished(locked.at(), by));
    }

    void passDeadline(List<Order> locked) {
        var said = new ArrayList<OrderEvent>();
        for (var order : locked) {
            said.addAll(hear(order, "DeadlinePassed", deadlinePassed(order.at())));
        }
        end(locked, said);
    }

    /** Staff has shipped these. Why it stays as it is, if it may not be shipped. */
    Step<OrderAt> ship(Order locked, UUID shipment, List<Quantity> lines) {
        var before = locked.at();
        locked.ship(lines);
        var step = shipped(before, locked.rest());
        if (step instanceof Become<OrderAt>) {
            take(locked, "Shipment", step);
            var complete = locked.status() == SHIPPED;
            end(List.of(locked), List.of(new OrderShipped(id(locked), shipment, lines, complete)));
        }
        return step;
    }

    /** A shipment has arrived. Only the last one of an order changes its status. */
    void deliver(Order locked, List<Quantity> lines) {
        locked.deliver(lines);
        var said =
                new ArrayList<>(
                        hear(locked, "Delivery", delivered(locked.at(), locked.isAllDelivered())));
        end(List.of(locked), said);
    }

    /** Unshipped units are not wanted any more, or cannot be had. */
    Step<OrderAt> cancelLines(Order locked, List<Quantity> lines, CancelReason by) {
        var before = locked.at();
        var amount = locked.cancel(lines);
        var step = linesCancelled(before, locked.rest(), by);
        if (step instanceof Become<OrderAt>) {
            take(locked, "LinesCancelled", step);
            var said = new ArrayList<OrderEvent>();
            said.add(new OrderLinesCancelled(id(locked), lines, amount));
            if (locked.status() == SHIPPED && locked.isAllDelivered()) {
                said.addAll(hear(locked, "Delivery", delivered(locked.at(), true)));
            }
            end(List.of(locked), said);
        }
        return step;
    }

    /** It came back whole, or was refused at the door. */
    boolean comeBack(Order locked) {
        return wish(locked, "Return", cameBack(locked.at()));
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
            case PaymentActionRequired required ->
                    paymentActionRequired(at, "the customer has to " + required.action());
            case PaymentAuthorized _ -> paymentAuthorized(at);
            case PaymentDeclined declined -> paymentDeclined(at, declined.reason());
            case PaymentCaptured _ -> paymentCaptured(at);
            case PaymentFailed failed -> paymentFailed(at, failed.reason());
            case PaymentVoided _ -> paymentVoided(at);
            case PaymentRefunded refunded ->
                    paymentRefunded(at, "%s: %s".formatted(refunded.amount(), refunded.reason()));
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
            case AWAITING_PAYMENT,
                    REJECTED,
                    CONFIRMED,
                    PARTLY_SHIPPED,
                    SHIPPED,
                    DELIVERED,
                    RETURNED ->
                    throw new Impossible("StockReserved", at);
        };
    }

    static Step<OrderAt> stockRejected(OrderAt at, String why) {
        return switch (at.status()) {
            case PLACED -> become(at.to(REJECTED), why);
            case CANCELLED -> stay("no stock was held");
            case AWAITING_PAYMENT,
                    REJECTED,
                    CONFIRMED,
                    PARTLY_SHIPPED,
                    SHIPPED,
                    DELIVERED,
                    RETURNED ->
                    throw new Impossible("StockRejected", at);
        };
    }

    static Step<OrderAt> paymentActionRequired(OrderAt at, String what) {
        return switch (at.status()) {
            case AWAITING_PAYMENT -> stay(what);
            case CANCELLED -> stay("payment voids it when it hears OrderCancelled");
            case PLACED, REJECTED, CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    throw new Impossible("PaymentActionRequired", at);
        };
    }

    /** The pivot. */
    static Step<OrderAt> paymentAuthorized(OrderAt at) {
        return switch (at.status()) {
            case AWAITING_PAYMENT -> become(at.to(CONFIRMED));
            case CANCELLED -> stay("payment voids it when it hears OrderCancelled");
            case PLACED, REJECTED, CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    throw new Impossible("PaymentAuthorized", at);
        };
    }

    static Step<OrderAt> paymentDeclined(OrderAt at, String why) {
        return switch (at.status()) {
            case AWAITING_PAYMENT -> become(at.cancelled(DECLINED), why);
            case CANCELLED -> stay("no money was held");
            case PLACED, REJECTED, CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    throw new Impossible("PaymentDeclined", at);
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
        return switch (at.status()) {
            case CONFIRMED -> {
                if (at.mayShip()) { // captured before, or cash that nobody has paid yet
                    throw new Impossible("PaymentCaptured", at);
                }
                yield become(at.paid(), "may ship");
            }
            case DELIVERED, RETURNED -> {
                if (at.method() != CASH_ON_DELIVERY || at.captured()) {
                    throw new Impossible("PaymentCaptured", at);
                }
                yield stay("cash was paid at the door");
            }
            case CANCELLED -> stay("payment refunds it when it hears OrderCancelled");
            case PLACED, AWAITING_PAYMENT, REJECTED, PARTLY_SHIPPED, SHIPPED ->
                    throw new Impossible("PaymentCaptured", at);
        };
    }

    static Step<OrderAt> paymentFailed(OrderAt at, String why) {
        return switch (at.status()) {
            case CONFIRMED -> {
                if (at.mayShip()) {
                    throw new Impossible("PaymentFailed", at);
                }
                yield become(at.cancelled(PAYMENT_FAILED), why);
            }
            case CANCELLED -> stay("cancelled before");
            case PLACED, AWAITING_PAYMENT, REJECTED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED ->
                    throw new Impossible("PaymentFailed", at);
        };
    }

    static Step<OrderAt> shipped(OrderAt at, Lines rest) {
        return switch (at.status()) {
            case CONFIRMED, PARTLY_SHIPPED ->
                    switch (rest) {
                        case OPEN, SHIPPED ->
                                at.mayShip()
                                        ? become(
                                                at.divided()
                                                        .to(
                                                                rest == Lines.OPEN
                                                                        ? PARTLY_SHIPPED
                                                                        : SHIPPED))
                                        : stay("the money has not been taken yet");
                        case CANCELLED -> throw new Impossible("shipment of nothing", at);
                    };
            case PLACED, AWAITING_PAYMENT, REJECTED, SHIPPED, DELIVERED, RETURNED, CANCELLED ->
                    stay("nothing of it is to be shipped");
        };
    }

    static Step<OrderAt> linesCancelled(OrderAt at, Lines rest, CancelReason by) {
        return switch (at.status()) {
            case CONFIRMED, PARTLY_SHIPPED -> {
                if (!at.captured()) {
                    yield stay("the money has not been taken yet");
                }
                yield switch (rest) {
                    case OPEN -> become(at.divided());
                    case SHIPPED -> become(at.divided().to(SHIPPED));
                    case CANCELLED -> become(at.divided().cancelled(by));
                };
            }
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
            case PLACED,
                    AWAITING_PAYMENT,
                    REJECTED,
                    CONFIRMED,
                    PARTLY_SHIPPED,
                    RETURNED,
                    CANCELLED ->
                    stay("it cannot come back");
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
            case PLACED,
                    AWAITING_PAYMENT,
                    REJECTED,
                    CONFIRMED,
                    PARTLY_SHIPPED,
                    SHIPPED,
                    DELIVERED,
                    RETURNED ->
                    throw new Impossible("StockReleased", at);
        };
    }

    static Step<OrderAt> paymentVoided(OrderAt at) {
        return switch (at.status()) {
            case CANCELLED, RETURNED -> stay("no money is held any more");
            case PLACED,
                    AWAITING_PAYMENT,
                    REJECTED,
                    CONFIRMED,
                    PARTLY_SHIPPED,
                    SHIPPED,
                    DELIVERED ->
                    throw new Impossible("PaymentVoided", at);
        };
    }

    private static Step<OrderAt> onlyAfterThePivot(String heard, OrderAt at, String note) {
        return switch (at.status()) {
            case CONFIRMED, PARTLY_SHIPPED, SHIPPED, DELIVERED, RETURNED, CANCELLED -> stay(note);
            case PLACED, AWAITING_PAYMENT, REJECTED -> throw new Impossible(heard, at);
        };
    }

    // What it then says.

    private OrderEvent announce(Order order) {
        var id = id(order);
        return switch (order.status()) {
            case PLACED ->
                    new OrderPlaced(id, order.customer().value(), placed(order), order.total());
            case AWAITING_PAYMENT -> askForPayment(order);
            case REJECTED -> new OrderRejected(id, order.refusals());
            case CONFIRMED -> new OrderConfirmed(id);
            case CANCELLED ->
                    new OrderCancelled(id, order.at().because(), order.confirmedAt() != null);
            case DELIVERED -> new OrderDelivered(id);
            case RETURNED -> new OrderReturned(id);
            case PARTLY_SHIPPED, SHIPPED ->
                    throw new IllegalStateException("each shipment is announced with its lines");
        };
    }

    private OrderEvent askForPayment(Order order) {
        var token = order.handOverPaymentToken();
        var waitsForCustomer = token == null && order.paymentMethod() != CASH_ON_DELIVERY;
        var deadline =
                order.createdAt()
                        .plus(waitsForCustomer ? patience.pendingDeadline() : patience.deadline());
        order.waitUntil(deadline);
        return new OrderAwaitingPayment(
                id(order),
                order.customer().value(),
                order.total(),
                order.vendorShares(),
                order.paymentMethod(),
                token,
                deadline);
    }

    private List<OrderEvent> checkOut(Map<OrderId, Order> known, CartCheckedOut cart) {
        var before = known.get(new OrderId(cart.orderId()));
        if (before != null) {
            return hear(before, name(cart), checkedOutAgain(before.at(), before.isMadeFrom(cart)));
        }
        var now = clock.instant();
        var order = new Order(cart, now);
        order.begin(now, now.plus(patience.stockDeadline()));
        known.put(order.id(), order);
        log.info("order {} heard CartCheckedOut: PLACED", order.id());
        return List.of(announce(order));
    }

    /** What has to be said of it, if anything. */
    private List<OrderEvent> hear(Order order, String heard, Step<OrderAt> step) {
        var before = order.status();
        take(order, heard, step);
        return order.status() == before ? List.of() : List.of(announce(order));
    }

    /** A wish that comes too late leaves no trace. */
    private boolean wish(Order order, String wish, Step<OrderAt> step) {
        if (step instanceof Stay<OrderAt>) {
            return false;
        }
        end(List.of(order), hear(order, wish, step));
        return true;
    }

    private void take(Order order, String heard, Step<OrderAt> step) {
        var before = order.status();
        Instant now = clock.instant();
        switch (step) {
            case Become<OrderAt>(var next, var reason) -> {
                order.become(next, heard, reason, now);
                log.info("order {} heard {}: {} -> {}", order.id(), heard, before, order.status());
                if (before.isUndecided() && !order.status().isUndecided()) {
                    meters.decided(order);
                }
            }
            case Stay<OrderAt>(var why) -> {
                order.stay(heard, why, now);
                log.info("order {} heard {}: stays {}, {}", order.id(), heard, before, why);
            }
        }
    }

    private void end(Collection<Order> changed, List<OrderEvent> said) {
        orders.save(changed);
        outbox.addAll(said);
    }

    private static Order known(Map<OrderId, Order> orders, CheckoutEvent event) {
        var order = orders.get(new OrderId(event.orderId()));
        if (order == null) {
            throw new Impossible(name(event), "no order");
        }
        return order;
    }

    private static List<OrderId> ids(List<? extends CheckoutEvent> events) {
        return events.stream().map(event -> new OrderId(event.orderId())).distinct().toList();
    }

    private static List<OrderEvent.Line> placed(Order order) {
        return order.lines().stream()
                .map(l -> new OrderEvent.Line(l.productId(), l.quantity(), l.unitPrice()))
                .toList();
    }

    private static String why(StockRejected rejected) {
        return rejected.refused().stream()
                .map(refusal -> refusal.why().name())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static UUID id(Order order) {
        return order.id().value();
    }

    private static String name(CheckoutEvent event) {
        return event.getClass().getSimpleName();
    }
}
