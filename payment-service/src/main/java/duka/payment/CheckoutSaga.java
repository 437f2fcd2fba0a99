package duka.payment;

import static duka.messaging.Step.become;
import static duka.messaging.Step.stay;
import static duka.payment.PaymentStatus.*;
import static java.util.Objects.requireNonNull;

import duka.events.OrderEvent;
import duka.events.OrderEvent.*;
import duka.events.PaymentEvent.*;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import duka.events.Topics;
import duka.messaging.Impossible;
import duka.messaging.Step;
import duka.payment.Turn.Turns;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The payment's part in checkout, whole: what it hears from the order, from the provider and from
 * people, what each hearing does to a payment, and what it then says.
 */
@Component
@Transactional
class CheckoutSaga {

    private final Turns turns;

    CheckoutSaga(Turns turns) {
        this.turns = turns;
    }

    // What it hears.

    @KafkaListener(topics = Topics.ORDERS)
    void onOrders(List<OrderEvent.ForPayment> heard) {
        var turn = turns.ofOrders(heard);
        for (var event : heard) {
            switch (event) {
                case OrderAwaitingPayment asked -> begin(turn, asked);
                case OrderConfirmed _ -> move(turn, event, CheckoutSaga::orderConfirmed);
                case OrderCancelled _ when turn.of(event.orderId()).isEmpty() ->
                        turn.pass(event, orderCancelled(null));
                case OrderCancelled _ -> move(turn, event, CheckoutSaga::orderCancelled);
                case OrderDelivered _ -> move(turn, event, CheckoutSaga::orderDelivered);
                case OrderReturned _ -> move(turn, event, CheckoutSaga::orderReturned);
                case OrderLinesCancelled lines -> {
                    move(turn, event, CheckoutSaga::orderLinesCancelled);
                    turn.refundUpTo(lines);
                }
            }
        }
        turn.save();
    }

    /** What providers have said, by way of {@link ProviderWorker}. */
    void onAnswers(List<Answered> heard) {
        var turn = turns.ofAnswers(heard);
        for (var answered : heard) {
            var payment = turn.get(answered.call().orderId());
            turn.fresh(answered).ifPresent(answer -> onAnswer(turn, payment, answer));
            turn.release(answered);
        }
        turn.save();
    }

    /** What the customer gives to a payment that waits for it, by way of {@link Charging}. */
    void onToken(UUID orderId, Sealed token) {
        var turn = turns.ofOrder(orderId);
        var payment = turn.get(orderId);
        if (payment.action() == Action.INITIATE) {
            payment.supply(token);
            move(turn, payment, "token", tokenSupplied(payment.at()));
            turn.save();
        }
    }

    /** What staff want to go back, or to have gone back, by way of {@link Refunding}. */
    <T> T onWish(UUID orderId, Function<Turn, T> wish) {
        var turn = turns.ofOrder(orderId);
        var outcome = wish.apply(turn);
        var payment = turn.get(orderId);
        if (payment.status() == REFUNDING) {
            move(turn, payment, "staff", refunded(payment.at(), payment.isPaidBack()));
        }
        turn.save();
        return outcome;
    }

    // What each hearing does to a payment.

    private static Step<PaymentAt> answered(PaymentAt at, Answer answer, boolean last) {
        return switch (answer) {
            case Answer.Authorized _ -> authorized(at);
            case Answer.ActionRequired _ -> actionRequired(at);
            case Answer.Declined no -> declined(at, no.reason());
            case Answer.Captured _ -> captured(at);
            case Answer.CaptureRefused no -> captureRefused(at, no.reason());
            case Answer.Voided _ -> voided(at);
            case Answer.HadDeclined no -> hadDeclined(at, no.reason());
            case Answer.Refunded _ -> refunded(at, last);
            case Answer.RefundRefused _ -> refundRefused(at);
        };
    }

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
            case AUTHORIZING, AUTHORIZED, CAPTURING, CAPTURED -> stay("it has one");
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED, CAPTURE_REFUSED -> stay("over");
        };
    }

    static Step<PaymentAt> authorized(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZING, PENDING -> become(at.now(at.unwanted() ? VOIDING : AUTHORIZED));
            case AUTHORIZED, CAPTURING, CAPTURED, CAPTURE_REFUSED -> bug("authorized", at);
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("authorized", at);
        };
    }

    static Step<PaymentAt> actionRequired(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZING -> become(at.now(at.unwanted() ? VOIDING : PENDING));
            case PENDING -> stay("the customer has not acted yet");
            case AUTHORIZED, CAPTURING, CAPTURED, CAPTURE_REFUSED -> bug("action required", at);
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("action required", at);
        };
    }

    static Step<PaymentAt> declined(PaymentAt at, String reason) {
        return switch (at.status()) {
            case AUTHORIZING, PENDING -> become(at.now(DECLINED), reason);
            case AUTHORIZED, CAPTURING, CAPTURED, CAPTURE_REFUSED -> bug("declined", at);
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("declined", at);
        };
    }

    static Step<PaymentAt> orderConfirmed(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZED ->
                    at.isCash() ? stay("it is paid at the door") : become(at.now(CAPTURING));
            case AUTHORIZING, PENDING, CAPTURING, CAPTURED, CAPTURE_REFUSED ->
                    bug("order confirmed", at);
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("order confirmed", at);
        };
    }

    static Step<PaymentAt> captured(PaymentAt at) {
        return switch (at.status()) {
            case CAPTURING -> become(at.now(at.unwanted() ? REFUNDING : CAPTURED));
            case AUTHORIZING, PENDING, AUTHORIZED, CAPTURED, CAPTURE_REFUSED -> bug("captured", at);
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("captured", at);
        };
    }

    static Step<PaymentAt> captureRefused(PaymentAt at, String reason) {
        return switch (at.status()) {
            case CAPTURING -> become(at.now(at.unwanted() ? VOIDING : CAPTURE_REFUSED), reason);
            case AUTHORIZING, PENDING, AUTHORIZED, CAPTURED, CAPTURE_REFUSED ->
                    bug("capture refused", at);
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("capture refused", at);
        };
    }

    /**
     * @param at none if the order was never to be paid
     */
    static Step<PaymentAt> orderCancelled(@Nullable PaymentAt at) {
        return switch (at == null ? null : at.status()) {
            case null -> stay("no payment was asked for");
            case DECLINED -> stay("nothing was taken");
            case AUTHORIZING, CAPTURING ->
                    at.unwanted() ? bug("order cancelled", at) : become(at.nowUnwanted());
            case AUTHORIZED -> become(at.now(at.isCash() ? VOIDED : VOIDING));
            case PENDING, CAPTURE_REFUSED -> become(at.now(VOIDING));
            case CAPTURED -> become(at.now(REFUNDING));
            case VOIDING, VOIDED, REFUNDING, REFUNDED -> bug("order cancelled", at);
        };
    }

    static Step<PaymentAt> orderLinesCancelled(PaymentAt at) {
        return switch (at.status()) {
            case CAPTURED -> stay("the lines have a refund of their own");
            case AUTHORIZING, PENDING, AUTHORIZED, CAPTURING, CAPTURE_REFUSED ->
                    bug("order lines cancelled", at);
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("order lines cancelled", at);
        };
    }

    static Step<PaymentAt> orderDelivered(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZED -> at.isCash() ? become(at.now(CAPTURED)) : bug("order delivered", at);
            case CAPTURED -> stay("it was paid before");
            case AUTHORIZING, PENDING, CAPTURING, CAPTURE_REFUSED -> bug("order delivered", at);
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("order delivered", at);
        };
    }

    static Step<PaymentAt> orderReturned(PaymentAt at) {
        return switch (at.status()) {
            case AUTHORIZED -> at.isCash() ? become(at.now(VOIDED)) : bug("order returned", at);
            case CAPTURED -> become(at.now(REFUNDING));
            case AUTHORIZING, PENDING, CAPTURING, CAPTURE_REFUSED -> bug("order returned", at);
            case VOIDING, VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("order returned", at);
        };
    }

    static Step<PaymentAt> voided(PaymentAt at) {
        return switch (at.status()) {
            case VOIDING -> become(at.now(VOIDED));
            case AUTHORIZING, PENDING, AUTHORIZED, CAPTURING, CAPTURED, CAPTURE_REFUSED ->
                    bug("voided", at);
            case VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("voided", at);
        };
    }

    static Step<PaymentAt> hadDeclined(PaymentAt at, String reason) {
        return switch (at.status()) {
            case VOIDING -> become(at.now(DECLINED), reason);
            case AUTHORIZING, PENDING, AUTHORIZED, CAPTURING, CAPTURED, CAPTURE_REFUSED ->
                    bug("had declined", at);
            case VOIDED, REFUNDING, REFUNDED, DECLINED -> bug("had declined", at);
        };
    }

    /**
     * @param last whether all that was to go back has gone
     */
    static Step<PaymentAt> refunded(PaymentAt at, boolean last) {
        return switch (at.status()) {
            case CAPTURED -> stay("only a part went back");
            case REFUNDING -> last ? become(at.now(REFUNDED)) : stay("more is to go back");
            case AUTHORIZING, PENDING, AUTHORIZED, CAPTURING, CAPTURE_REFUSED ->
                    bug("refunded", at);
            case VOIDING, VOIDED, REFUNDED, DECLINED -> bug("refunded", at);
        };
    }

    static Step<PaymentAt> refundRefused(PaymentAt at) {
        return switch (at.status()) {
            case CAPTURED, REFUNDING -> stay("staff have to see to it");
            case AUTHORIZING, PENDING, AUTHORIZED, CAPTURING, CAPTURE_REFUSED ->
                    bug("refund refused", at);
            case VOIDING, VOIDED, REFUNDED, DECLINED -> bug("refund refused", at);
        };
    }

    /** Become: yes, a part may go back. Stay: why not. */
    static Step<PaymentAt> refundWished(PaymentAt at) {
        return switch (at.status()) {
            case CAPTURED -> become(at);
            case AUTHORIZING, PENDING, AUTHORIZED, CAPTURING -> stay("Nothing was captured yet.");
            case VOIDING, VOIDED, DECLINED, CAPTURE_REFUSED -> stay("Nothing was captured.");
            case REFUNDING, REFUNDED -> stay("All of it goes back already.");
        };
    }

    // What it then says.

    private static void announce(Turn turn, Payment payment, PaymentStatus before) {
        var order = payment.orderId();
        var id = payment.id();
        var amount = payment.amount();
        var why = Objects.requireNonNullElse(payment.reason(), "no reason given");
        switch (payment.status()) {
            case AUTHORIZED -> turn.say(new PaymentAuthorized(order, id, amount));
            case PENDING -> {
                var action = requireNonNull(payment.action());
                turn.say(new PaymentActionRequired(order, id, amount, action, payment.actionUrl()));
            }
            case DECLINED -> turn.say(new PaymentDeclined(order, id, amount, why));
            case CAPTURED -> turn.captured(payment);
            case CAPTURE_REFUSED -> turn.say(new PaymentFailed(order, id, amount, why));
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

    private static void begin(Turn turn, OrderAwaitingPayment asked) {
        var at = turn.of(asked.orderId()).map(Payment::at).orElse(null);
        var hasToken = asked.paymentToken() != null;
        var payment = turn.begin(asked, orderAwaitingPayment(at, asked.paymentMethod(), hasToken));
        announce(turn, payment, payment.status());
    }

    private static void onAnswer(Turn turn, Payment payment, Answer answer) {
        turn.note(payment, answer);
        var step = answered(payment.at(), answer, payment.isPaidBack());
        move(turn, payment, answer.getClass().getSimpleName(), step);
    }

    private static void move(
            Turn turn, OrderEvent event, Function<PaymentAt, Step<PaymentAt>> decision) {
        var payment = turn.get(event.orderId());
        move(turn, payment, event.getClass().getSimpleName(), decision.apply(payment.at()));
    }

    private static void move(Turn turn, Payment payment, String heard, Step<PaymentAt> step) {
        var before = payment.status();
        turn.take(payment, heard, step);
        if (payment.status() != before) {
            announce(turn, payment, before);
        }
    }

    private static Step<PaymentAt> bug(String heard, PaymentAt at) {
        throw new Impossible(heard, at);
    }
}
