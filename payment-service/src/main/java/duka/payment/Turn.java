package duka.payment;

import static java.util.stream.Collectors.toSet;

import duka.events.Event;
import duka.events.Money;
import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentEvent.Asker;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.messaging.Impossible;
import duka.messaging.Outbox;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import duka.messaging.Uuid7;
import duka.tracing.Traces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One transaction's payments: locked together, changed in memory, written back in one batch along
 * with what is said about them, what the ledger notes, and the calls that are due.
 */
class Turn {

    /** Begins turns. */
    @Component
    static class Turns {

        private final Payments payments;
        private final Ledger ledger;
        private final CallQueue calls;
        private final Outbox outbox;
        private final PaymentProperties properties;
        private final Backoff backoff;
        private final PaymentMeters meters;
        private final Traces traces;
        private final Clock clock;

        Turns(
                Payments payments,
                Ledger ledger,
                CallQueue calls,
                Outbox outbox,
                PaymentProperties properties,
                Backoff backoff,
                PaymentMeters meters,
                Traces traces,
                Clock clock) {
            this.payments = payments;
            this.ledger = ledger;
            this.calls = calls;
            this.outbox = outbox;
            this.properties = properties;
            this.backoff = backoff;
            this.meters = meters;
            this.traces = traces;
            this.clock = clock;
        }

        /** A payment that is only now asked for is not there to be locked. */
        Turn ofOrders(Collection<? extends OrderEvent> events) {
            var orderIds =
                    events.stream()
                            .filter(event -> !(event instanceof OrderAwaitingPayment))
                            .map(OrderEvent::orderId)
                            .collect(toSet());
            return new Turn(this, payments.lockByOrder(orderIds));
        }

        Turn ofOrder(UUID orderId) {
            return new Turn(this, payments.lockByOrder(List.of(orderId)));
        }

        Turn ofAnswers(Collection<Answered> answers) {
            var ids =
                    answers.stream()
                            .map(answered -> answered.call().paymentId())
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            return new Turn(this, payments.lock(ids));
        }
    }

    private static final Logger log = LoggerFactory.getLogger(CheckoutSaga.class);

    final Instant now;

    private final Turns all;
    private final Map<UUID, Payment> byOrder = new LinkedHashMap<>();
    private final Set<Payment> begun = new LinkedHashSet<>();
    private final Set<Payment> changed = new LinkedHashSet<>();
    private final Set<Payment> paidBack = new LinkedHashSet<>();
    private final List<Event> said = new ArrayList<>();
    private final List<Posting> posted = new ArrayList<>();

    private Turn(Turns all, List<Payment> locked) {
        this.all = all;
        this.now = all.clock.instant().truncatedTo(ChronoUnit.MICROS);
        locked.forEach(payment -> byOrder.put(payment.orderId(), payment));
    }

    // What the saga asks for.

    Optional<Payment> of(UUID orderId) {
        return Optional.ofNullable(byOrder.get(orderId));
    }

    Payment get(UUID orderId) {
        return of(orderId)
                .orElseThrow(() -> new Impossible("order " + orderId, "never asked to be paid"));
    }

    Payment begin(OrderAwaitingPayment asked, PaymentAt at) {
        var provider =
                switch (asked.paymentMethod()) {
                    case CARD -> all.properties.provider();
                    case CASH_ON_DELIVERY -> CashOnDelivery.NAME;
                };
        var payment =
                new Payment(
                        Uuid7.mint(all.clock),
                        asked.orderId(),
                        asked.customerId(),
                        asked.total(),
                        asked.vendorShares(),
                        at,
                        provider,
                        asked.paymentToken(),
                        now);
        log.info("order {}: OrderAwaitingPayment, {}", asked.orderId(), at);
        byOrder.put(payment.orderId(), payment);
        begun.add(payment);
        return payment;
    }

    void take(Payment payment, String heard, Step<PaymentAt> step) {
        var before = payment.at();
        switch (step) {
            case Become<PaymentAt>(var next, var reason) -> {
                log.info("order {}: {}, {} -> {}", payment.orderId(), heard, before, next);
                payment.become(next, reason, now);
                changed(payment);
            }
            case Stay<PaymentAt>(var why) ->
                    log.info("order {}: {}, stays {}: {}", payment.orderId(), heard, before, why);
        }
    }

    /** Of an order that has no payment. */
    void pass(OrderEvent event, Step<PaymentAt> step) {
        log.info("order {}: {}, {}", event.orderId(), event.getClass().getSimpleName(), step);
    }

    void say(Event event) {
        said.add(event);
    }

    // What providers have answered.

    /** The answer, if its question is still the one that its payment waits for. */
    Optional<Answer> fresh(Answered answered) {
        var answer = Optional.ofNullable(answered.answer());
        var payment = get(answered.call().orderId());
        if (answer.isPresent() && !payment.waitsFor(answered.call())) {
            log.info("order {} {}: stale {}", payment.orderId(), payment.at(), answer.get());
            return Optional.empty();
        }
        return answer;
    }

    /** What an answer tells beyond yes and no. */
    void note(Payment payment, Answer answer) {
        switch (answer) {
            case Answer.Authorized yes -> payment.knownAs(yes.reference());
            case Answer.ActionRequired wait ->
                    payment.waitForApproval(wait.reference(), wait.url());
            case Answer.Refunded done -> {
                wentBack(payment, payment.refunded(done.refundId(), now));
            }
            case Answer.RefundRefused no -> {
                payment.refundRefused(no.refundId(), no.reason(), now);
                paidBack.add(payment);
                all.meters.refundRefused();
                log.error(
                        "order {}: {} refuses refund {} for good, staff have to see to it: {}",
                        payment.orderId(),
                        payment.provider(),
                        no.refundId(),
                        no.reason());
            }
            case Answer.Declined _,
                    Answer.Captured _,
                    Answer.CaptureRefused _,
                    Answer.Voided _,
                    Answer.HadDeclined _ -> {}
        }
    }

    void release(Answered answered) {
        var payment = get(answered.call().orderId());
        payment.release(answered.call(), now, all.backoff);
        changed(payment);
    }

    // What becomes of the money.

    /** The money has come. */
    void captured(Payment payment) {
        post(Posting.capture(payment, now));
        say(new PaymentCaptured(payment.orderId(), payment.id(), payment.amount()));
    }

    Refund refund(Payment payment, Money amount, String reason, @Nullable UUID askedBy) {
        return refund(payment, amount, null, reason, askedBy);
    }

    private Refund refund(
            Payment payment,
            Money amount,
            @Nullable List<VendorShare> wished,
            String reason,
            @Nullable UUID askedBy) {
        var refund = payment.refund(Uuid7.mint(all.clock), amount, wished, reason, askedBy, now);
        paidBack.add(payment);
        changed(payment);
        return refund;
    }

    /** What lines cost goes back from who sold them, but never more than staff have left of it. */
    void refundUpTo(OrderLinesCancelled lines) {
        var payment = get(lines.orderId());
        var left = payment.refundable();
        var most = lines.amount().minorUnits() <= left.minorUnits() ? lines.amount() : left;
        refund(payment, most, lines.vendorShares(), "lines cancelled", null);
    }

    /** All of the money that is not yet on its way back is to go there. */
    void refundTheRest(Payment payment) {
        var rest = payment.refundable();
        // Even if nothing is left, so that the order hears that it is done.
        if (rest.minorUnits() > 0 || payment.isPaidBack()) {
            refund(payment, rest, "order cancelled or returned", null);
        }
    }

    /** What the provider refused has gone back in some other way. */
    Refund settled(Payment payment, UUID refundId, String how) {
        var refund = payment.settled(refundId, how, now);
        wentBack(payment, refund);
        changed(payment);
        return refund;
    }

    /** A refund that was refused is asked for anew. */
    Refund retried(Payment payment, UUID refundId) {
        var refund = payment.retried(refundId, now);
        paidBack.add(payment);
        changed(payment);
        return refund;
    }

    private void wentBack(Payment payment, Refund refund) {
        post(Posting.refund(payment, refund, now));
        paidBack.add(payment);
        say(
                new PaymentRefunded(
                        payment.orderId(),
                        payment.id(),
                        refund.id(),
                        refund.amount(),
                        refund.reasonToldToCustomer(),
                        refund.askedBy() == null ? Asker.ORDER : Asker.STAFF));
    }

    private void post(Posting posting) {
        if (!posting.entries().isEmpty()) {
            posted.add(posting);
            say(posting.told());
        }
    }

    private void changed(Payment payment) {
        if (!begun.contains(payment)) {
            changed.add(payment);
        }
    }

    private void trace(Payment payment) {
        var traceparent = all.traces.traceparent(payment.orderId());
        if (traceparent != null) {
            payment.tracedBy(traceparent);
        }
    }

    void save() {
        begun.forEach(this::trace);
        changed.forEach(this::trace);
        all.calls.leaseDue(begun, now);
        all.calls.leaseDue(changed, now);
        if (!begun.isEmpty()) {
            all.payments.insert(begun, now);
        }
        if (!changed.isEmpty()) {
            all.payments.update(changed, now);
        }
        if (!paidBack.isEmpty()) {
            all.payments.saveRefunds(paidBack);
        }
        if (!posted.isEmpty()) {
            all.ledger.add(posted);
        }
        if (!said.isEmpty()) {
            all.outbox.addAll(said);
        }
    }
}
