package duka.payment;

import static java.util.stream.Collectors.toSet;

import duka.events.Money;
import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.PaymentEvent;
import duka.events.PaymentEvent.PaymentCaptured;
import duka.events.PaymentEvent.PaymentRefunded;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
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
        private final Clock clock;

        Turns(Payments payments, Ledger ledger, CallQueue calls, Outbox outbox, Clock clock) {
            this.payments = payments;
            this.ledger = ledger;
            this.calls = calls;
            this.outbox = outbox;
            this.clock = clock;
        }

        /** A payment that is only now asked for is not there to be locked. */
        Turn ofOrders(Collection<OrderEvent> events) {
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

        Turn of(Collection<UUID> paymentIds) {
            return new Turn(this, payments.lock(new LinkedHashSet<>(paymentIds)));
        }
    }

    final Instant now;

    private final Turns all;
    private final Map<UUID, Payment> byOrder = new LinkedHashMap<>();
    private final Set<Payment> begun = new LinkedHashSet<>();
    private final Set<Payment> changed = new LinkedHashSet<>();
    private final Set<Payment> paidBack = new LinkedHashSet<>();
    private final List<PaymentEvent> said = new ArrayList<>();
    private final List<LedgerEntry> noted = new ArrayList<>();

    private Turn(Turns all, List<Payment> locked) {
        this.all = all;
        this.now = all.clock.instant().truncatedTo(ChronoUnit.MICROS);
        locked.forEach(payment -> byOrder.put(payment.orderId(), payment));
    }

    Optional<Payment> of(UUID orderId) {
        return Optional.ofNullable(byOrder.get(orderId));
    }

    void begin(Payment payment) {
        byOrder.put(payment.orderId(), payment);
        begun.add(payment);
    }

    void changed(Payment payment) {
        if (!begun.contains(payment)) {
            changed.add(payment);
        }
    }

    void say(PaymentEvent event) {
        said.add(event);
    }

    /** The money has come. */
    void captured(Payment payment) {
        noted.addAll(Ledger.capture(payment, now));
        say(new PaymentCaptured(payment.orderId(), payment.id(), payment.amount()));
    }

    /** Part of the money is to go back. */
    void refund(Payment payment, Money amount) {
        payment.refund(Uuid7.mint(all.clock), amount, "lines cancelled", now);
        paidBack.add(payment);
        changed(payment);
    }

    /** All of the money that is not yet on its way back is to go there. */
    void refundTheRest(Payment payment) {
        var rest = payment.refundable();
        // Even if nothing is left, so that the order hears that it is done.
        if (rest.minorUnits() > 0 || payment.isPaidBack()) {
            payment.refund(Uuid7.mint(all.clock), rest, "order cancelled or returned", now);
            paidBack.add(payment);
        }
    }

    /** Money has gone back. */
    void refunded(Payment payment, UUID refundId) {
        var before = payment.refunded();
        var refund = payment.refunded(refundId, now);
        noted.addAll(Ledger.refund(payment, refund, before, now));
        paidBack.add(payment);
        say(
                new PaymentRefunded(
                        payment.orderId(),
                        payment.id(),
                        refund.id(),
                        refund.amount(),
                        refund.reason()));
    }

    void save() {
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
        if (!noted.isEmpty()) {
            all.ledger.add(noted);
        }
        if (!said.isEmpty()) {
            all.outbox.addAll(said);
        }
    }
}
