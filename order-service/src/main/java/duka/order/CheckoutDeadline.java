package duka.order;

import duka.events.OrderEvent.OrderPaymentReminded;
import duka.messaging.Step;
import java.time.Clock;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cancels what has stayed undecided for too long, and reminds customers of what they still have to
 * pay. Several replicas share the work: each takes the orders that no other has locked.
 */
@Component
class CheckoutDeadline {

    private static final int BATCH = 200;

    private final Orders orders;
    private final Turns turns;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CheckoutDeadline(Orders orders, Turns turns, TransactionTemplate transaction, Clock clock) {
        this.orders = orders;
        this.turns = turns;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Runs every {@code duka.checkout.sweep}. How many it has cancelled or reminded of. */
    @Scheduled(fixedDelayString = "${duka.checkout.sweep:5s}")
    int sweep() {
        var swept = 0;
        int batch;
        do {
            batch = transaction.execute(_ -> sweepBatch());
            swept += batch;
        } while (batch == BATCH);
        return swept;
    }

    private int sweepBatch() {
        var now = clock.instant();
        var due = orders.lockDue(now, BATCH);
        var turn = turns.of(due);
        for (var order : due) {
            if (order.isOverdue(now)) {
                turn.hear(order, "DeadlinePassed", CheckoutSaga.deadlinePassed(order.at()));
            } else {
                remind(order, turn, now);
            }
        }
        turn.end();
        return due.size();
    }

    /** If the time of both reminders has passed meanwhile, the second says all. */
    private static void remind(Order order, Turns.Turn turn, Instant now) {
        var reminder = order.remind(now);
        turn.take(order, "PaymentReminded", Step.stay("reminder " + reminder));
        turn.say(
                new OrderPaymentReminded(
                        order.id().value(),
                        order.customer().value(),
                        order.total(),
                        reminder,
                        order.deadline()));
    }
}
