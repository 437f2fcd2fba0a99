package duka.payment;

import static duka.messaging.Step.become;
import static duka.messaging.Step.stay;
import static duka.payment.PaymentStatus.AUTHORIZED;
import static duka.payment.PaymentStatus.AUTHORIZING;
import static duka.payment.PaymentStatus.CAPTURED;
import static duka.payment.PaymentStatus.CAPTURE_REFUSED;
import static duka.payment.PaymentStatus.CAPTURING;
import static duka.payment.PaymentStatus.DECLINED;
import static duka.payment.PaymentStatus.PENDING;
import static duka.payment.PaymentStatus.REFUNDED;
import static duka.payment.PaymentStatus.REFUNDING;
import static duka.payment.PaymentStatus.VOIDED;
import static duka.payment.PaymentStatus.VOIDING;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderDelivered;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderNotice;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.OrderEvent.OrderRejected;
import duka.events.OrderEvent.OrderReturned;
import duka.events.OrderEvent.OrderShipped;
import duka.events.PaymentEvent.Action;
import duka.events.PaymentEvent.PaymentActionRequired;
import duka.events.PaymentEvent.PaymentAuthorized;
import duka.events.PaymentEvent.PaymentDeclined;
import duka.events.PaymentEvent.PaymentFailed;
import duka.events.PaymentEvent.PaymentVoided;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import duka.events.Topics;
import duka.messaging.Impossible;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import duka.messaging.Uuid7;
import duka.payment.Turn.Turns;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The payment's part in checkout, whole: what it hears from the order and from the provider, what
 * each hearing does to a payment, and what it then says.
 */
@Component
@Transactional
class CheckoutSaga {

    private static final Logger log = LoggerFactory.getLogger(CheckoutSaga.class);

    private final Turns turns;
    private final PaymentProperties properties;
    private final Backoff backoff;
    private final Clock clock;

    CheckoutSaga(Turns turns, PaymentProperties properties, Backoff backoff, Clock clock) {
        this.turns = turns;
        this.properties = properties;
        this.backoff = backoff;
        this.clock = clock;
    }

    // What it hears.

    @KafkaListener(topics = Topics.ORDERS)
    void onOrders(List<OrderEvent> heard) {
        var turn = turns.ofOrders(heard);
        for (var event : heard) {
            switch (event) {
                case OrderAwaitingPayment asked -> begin(turn, asked);
                case OrderConfirmed _ -> move(turn, event, CheckoutSaga::orderConfirmed);
                case OrderCancelled _ -> move(turn, event, CheckoutSaga::orderCancelled);
                case OrderDelivered _ -> move(turn, event, CheckoutSaga::orderDelivered);
                case OrderReturned _ -> move(turn, event, CheckoutSaga::orderReturned);
                case OrderLinesCancelled lines -> {
                    move(turn, event, CheckoutSaga::orderLinesCancelled);
                    turn.of(event.orderId())
                            .ifPresent(payment -> turn.refund(payment, lines.amount()));
                }
                // No money moves before the stock is reserved, nor because a parcel leaves.
                case OrderPlaced _, OrderRejected _, OrderShipped _, OrderNotice _ -> {}
            }
        }
        turn.save();
    }

    /** What providers have said, by way of {@link ProviderWorker}. */
    void onAnswers(List<Answered> heard) {
        var turn = turns.of(heard.stream().map(answered -> answered.call().paymentId()).toList());
        for (var answered : heard) {
            var call = answered.call();
            var payment = turn.of(call.orderId()).orElseThrow();
            if (answered.answer() != null) {
                if (payment.waitsFor(call)) {
                    onAnswer(turn, payment, answered.answer());
                } else {
                    log.info(
                            "order {} {}: {} is stale",
                            call.orderId(),
                            payment.at(),
                            answered.answer().getClass().getSimpleName());
                }
            }
            payment.release(call, turn.now, backoff);
            turn.changed(payment);
        }
        turn.save();
    }

    private static void onAnswer(Turn turn, Payment payment, Answer answer) {
        var heard = answer.getClass().getSimpleName();
        var at = payment.at();
        switch (answer) {
            case Answer.Authorized yes -> {
                payment.knownAs(yes.reference());
                move(turn, payment, heard, authorized(at));
            }
            case Answer.ActionRequired wait -> {
                payment.waitForApproval(wait.reference(), wait.url());
                move(turn, payment, heard, actionRequired(at));
            }
            case Answer.Declined no -> move(turn, payment, heard, declined(at, no.reason()));
            case Answer.Captured _ -> move(turn, payment, heard, captured(at));
            case Answer.CaptureRefused no ->
                    move(turn, payment, heard, captureRefused(at, no.reason()));
            case Answer.Voided _ -> move(turn, payment, heard, voided(at));
            case Answer.HadDeclined no -> move(turn, payment, heard, hadDeclined(at, no.reason()));
            case Answer.Refunded done -> {
                turn.refunded(payment, done.refundId());
                move(turn, payment, heard, refunded(at, payment.isPaidBack()));
            }
        }
    }

    /** What the customer gives to a payment that waits for it, by way of {@link Charging}. */
    void onToken(UUID orderId, Sealed token) {
        var turn = turns.ofOrder(orderId);
        var payment = turn.of(orderId).orElseThrow();
        if (payment.action() == Action.INITIATE) {
            payment.supply(token);
            move(turn, payment, "token", tokenSupplied(payment.at()));
            turn.save();
        }
    }

    // What each hearing does to a payment.

    /**
     * @param at none: an order has one payment
     */
    static PaymentAt orderAwaitingPayment(
            @Nullable PaymentAt at, PaymentMethod method, boolean hasToken) {
        if (at != null) {
            throw new Impossible("order awaiting payment", at);
        }
        return switch (method) {
            case CASH_ON_DELIVERY -> new PaymentAt(AUTHORIZED, false, method);
            case CARD -> new PaymentAt(hasToken ? AUTHORIZING : PENDING, false, method);
        };
    }

    static Step<PaymentAt> tokenSupplied(PaymentAt at) {
        return switch (at.status()) {
            case PENDING -> become(at.now(AUTHORIZING));
            case AUTHORIZING,
                    AUTHORIZED,
                    CAPTURING,
                    CAPTURED,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    stay("it has one");
        };
    }

    static Step<PaymentAt> authorized(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZING, PENDING -> become(at.now(at.unwanted() ? VOIDING : AUTHORIZED));
            case AUTHORIZED,
                    CAPTURING,
                    CAPTURED,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("authorized", at);
        };
    }

    static Step<PaymentAt> actionRequired(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZING -> become(at.now(at.unwanted() ? VOIDING : PENDING));
            case PENDING -> stay("the customer has not acted yet");
            case AUTHORIZED,
                    CAPTURING,
                    CAPTURED,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("action required", at);
        };
    }

    static Step<PaymentAt> declined(PaymentAt at, String reason) {
        return switch (at.status()) {
            case AUTHORIZING, PENDING -> become(at.now(DECLINED), reason);
            case AUTHORIZED,
                    CAPTURING,
                    CAPTURED,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("declined", at);
        };
    }

    static Step<PaymentAt> orderConfirmed(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZED ->
                    switch (at.method()) {
                        case CARD -> become(at.now(CAPTURING));
                        case CASH_ON_DELIVERY -> stay("it is paid at the door");
                    };
            case AUTHORIZING,
                    PENDING,
                    CAPTURING,
                    CAPTURED,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("order confirmed", at);
        };
    }

    static Step<PaymentAt> captured(PaymentAt at) {
        return switch (at.status()) {
            case CAPTURING -> become(at.now(at.unwanted() ? REFUNDING : CAPTURED));
            case AUTHORIZING,
                    PENDING,
                    AUTHORIZED,
                    CAPTURED,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("captured", at);
        };
    }

    static Step<PaymentAt> captureRefused(PaymentAt at, String reason) {
        return switch (at.status()) {
            case CAPTURING -> become(at.now(at.unwanted() ? VOIDING : CAPTURE_REFUSED), reason);
            case AUTHORIZING,
                    PENDING,
                    AUTHORIZED,
                    CAPTURED,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("capture refused", at);
        };
    }

    static Step<PaymentAt> orderCancelled(@Nullable PaymentAt at) {
        if (at == null) {
            return stay("no payment was asked for");
        }
        return switch (at.status()) {
            case DECLINED -> stay("nothing was taken");
            case AUTHORIZING, CAPTURING -> {
                if (at.unwanted()) {
                    throw new Impossible("order cancelled", at);
                }
                yield become(at.nowUnwanted());
            }
            case AUTHORIZED ->
                    switch (at.method()) {
                        case CARD -> become(at.now(VOIDING));
                        case CASH_ON_DELIVERY -> become(at.now(VOIDED));
                    };
            case PENDING, CAPTURE_REFUSED -> become(at.now(VOIDING));
            case CAPTURED -> become(at.now(REFUNDING));
            case VOIDING, VOIDED, REFUNDING, REFUNDED ->
                    throw new Impossible("order cancelled", at);
        };
    }

    static Step<PaymentAt> orderLinesCancelled(PaymentAt at) {
        return switch (at.status()) {
            case CAPTURED -> stay("the lines have a refund of their own");
            case AUTHORIZING,
                    PENDING,
                    AUTHORIZED,
                    CAPTURING,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("order lines cancelled", at);
        };
    }

    static Step<PaymentAt> orderDelivered(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZED ->
                    switch (at.method()) {
                        case CASH_ON_DELIVERY -> become(at.now(CAPTURED));
                        case CARD -> throw new Impossible("order delivered", at);
                    };
            case CAPTURED -> stay("it was paid before");
            case AUTHORIZING,
                    PENDING,
                    CAPTURING,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("order delivered", at);
        };
    }

    static Step<PaymentAt> orderReturned(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZED ->
                    switch (at.method()) {
                        case CASH_ON_DELIVERY -> become(at.now(VOIDED));
                        case CARD -> throw new Impossible("order returned", at);
                    };
            case CAPTURED -> become(at.now(REFUNDING));
            case AUTHORIZING,
                    PENDING,
                    CAPTURING,
                    VOIDING,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("order returned", at);
        };
    }

    static Step<PaymentAt> voided(PaymentAt at) {
        return switch (at.status()) {
            case VOIDING -> become(at.now(VOIDED));
            case AUTHORIZING,
                    PENDING,
                    AUTHORIZED,
                    CAPTURING,
                    CAPTURED,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("voided", at);
        };
    }

    static Step<PaymentAt> hadDeclined(PaymentAt at, String reason) {
        return switch (at.status()) {
            case VOIDING -> become(at.now(DECLINED), reason);
            case AUTHORIZING,
                    PENDING,
                    AUTHORIZED,
                    CAPTURING,
                    CAPTURED,
                    VOIDED,
                    REFUNDING,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("had declined", at);
        };
    }

    /**
     * @param last whether all that was to go back has gone
     */
    static Step<PaymentAt> refunded(PaymentAt at, boolean last) {
        return switch (at.status()) {
            case CAPTURED -> stay("only a part went back");
            case REFUNDING -> last ? become(at.now(REFUNDED)) : stay("more is to go back");
            case AUTHORIZING,
                    PENDING,
                    AUTHORIZED,
                    CAPTURING,
                    VOIDING,
                    VOIDED,
                    REFUNDED,
                    DECLINED,
                    CAPTURE_REFUSED ->
                    throw new Impossible("refunded", at);
        };
    }

    // What it then says.

    private static void announce(Turn turn, Payment payment, PaymentStatus before) {
        var order = payment.orderId();
        var id = payment.id();
        var amount = payment.amount();
        switch (payment.status()) {
            case AUTHORIZED -> turn.say(new PaymentAuthorized(order, id, amount));
            case PENDING -> {
                var action = requireNonNull(payment.action());
                turn.say(new PaymentActionRequired(order, id, amount, action, payment.actionUrl()));
            }
            case DECLINED -> turn.say(new PaymentDeclined(order, id, amount, reason(payment)));
            case CAPTURED -> turn.captured(payment);
            case CAPTURE_REFUSED -> turn.say(new PaymentFailed(order, id, amount, reason(payment)));
            case REFUNDING -> {
                if (before == CAPTURING) {
                    turn.captured(payment);
                }
                turn.refundTheRest(payment);
            }
            case VOIDED -> turn.say(new PaymentVoided(order, id, amount));
            // Nothing has come of it yet; or each refund was announced when it was done.
            case AUTHORIZING, CAPTURING, VOIDING, REFUNDED -> {}
        }
    }

    private void begin(Turn turn, OrderAwaitingPayment asked) {
        var at = turn.of(asked.orderId()).map(Payment::at).orElse(null);
        var provider =
                asked.paymentMethod() == PaymentMethod.CARD
                        ? properties.provider()
                        : CashOnDelivery.NAME;
        var payment =
                new Payment(
                        Uuid7.mint(clock),
                        asked.orderId(),
                        asked.customerId(),
                        asked.total(),
                        asked.vendorShares(),
                        orderAwaitingPayment(
                                at, asked.paymentMethod(), asked.paymentToken() != null),
                        provider,
                        asked.paymentToken(),
                        turn.now);
        log.info("order {}: order awaiting payment, {}", asked.orderId(), payment.status());
        turn.begin(payment);
        announce(turn, payment, payment.status());
    }

    private static void move(
            Turn turn, OrderEvent event, Function<PaymentAt, Step<PaymentAt>> decision) {
        var heard = event.getClass().getSimpleName();
        var payment = turn.of(event.orderId());
        if (payment.isPresent()) {
            move(turn, payment.get(), heard, decision.apply(payment.get().at()));
        } else if (event instanceof OrderCancelled
                && orderCancelled(null) instanceof Stay<PaymentAt>(var why)) {
            log.info("order {}: {}, {}", event.orderId(), heard, why);
        } else {
            throw new Impossible(heard, "never asked to be paid");
        }
    }

    private static void move(Turn turn, Payment payment, String heard, Step<PaymentAt> step) {
        var before = payment.at();
        switch (step) {
            case Become<PaymentAt>(var next, var reason) -> {
                log.info("order {}: {}, {} -> {}", payment.orderId(), heard, before, next);
                payment.become(next, reason, turn.now);
                turn.changed(payment);
                if (before.status() != next.status()) {
                    announce(turn, payment, before.status());
                }
            }
            case Stay<PaymentAt>(var why) ->
                    log.info("order {}: {}, stays {}: {}", payment.orderId(), heard, before, why);
        }
    }

    private static String reason(Payment payment) {
        return requireNonNullElse(payment.reason(), "no reason given");
    }
}
