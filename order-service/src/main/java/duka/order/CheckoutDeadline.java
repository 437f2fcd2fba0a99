package duka.order;

import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cancels what has stayed undecided for too long. Several replicas share the work: each takes the
 * orders that no other has locked.
 */
@Component
class CheckoutDeadline {

    private static final int BATCH = 200;

    private final Orders orders;
    private final CheckoutSaga saga;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CheckoutDeadline(
            Orders orders, CheckoutSaga saga, TransactionTemplate transaction, Clock clock) {
        this.orders = orders;
        this.saga = saga;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Runs every {@code duka.checkout.sweep}. How many it has cancelled. */
    @Scheduled(fixedDelayString = "${duka.checkout.sweep:5s}")
    int sweep() {
        var cancelled = 0;
        int batch;
        do {
            batch = transaction.execute(_ -> cancelOverdue());
            cancelled += batch;
        } while (batch == BATCH);
        return cancelled;
    }

    private int cancelOverdue() {
        var overdue = orders.lockOverdue(clock.instant(), BATCH);
        saga.passDeadline(overdue);
        return overdue.size();
    }
}
