package duka.payment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Calls that this process holds a lease for and has not yet made. There are never more than it can
 * make at once, so that no lease is spent waiting.
 */
@Component
class CallQueue {

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Semaphore places;
    private final PaymentProperties properties;

    CallQueue(PaymentProperties properties) {
        this.properties = properties;
        this.places = new Semaphore(properties.concurrency());
    }

    /**
     * Leases those payments that are due and queues their calls, once the current transaction has
     * committed. What finds no place is found later by {@link ProviderWorker}.
     */
    void leaseDue(Collection<Payment> payments, Instant now) {
        var until = now.plus(properties.lease()).truncatedTo(ChronoUnit.MICROS);
        var due =
                payments.stream()
                        .filter(payment -> payment.isDue(now) && places.tryAcquire())
                        .toList();
        if (!due.isEmpty()) {
            var leased = new ArrayList<Call>();
            // First of all, so that no place is lost, whatever fails from here on.
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCompletion(int status) {
                            if (status == STATUS_COMMITTED) {
                                calls.addAll(leased);
                            } else {
                                places.release(due.size());
                            }
                        }
                    });
            due.forEach(payment -> leased.add(payment.lease(until)));
        }
    }

    int freePlaces() {
        return places.availablePermits();
    }

    Call take() throws InterruptedException {
        return calls.take();
    }

    /** A call that was taken has ended. */
    void done() {
        places.release();
    }
}
