package duka.order;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** How many checkouts end how, and how long that takes them. */
@Component
class CheckoutMeters {

    private final MeterRegistry registry;

    CheckoutMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts once this transaction is committed. */
    void decided(Order order) {
        var timer =
                Timer.builder("duka.orders.decided")
                        .description("from PLACED to CONFIRMED, REJECTED or CANCELLED")
                        .tag("outcome", order.status().name())
                        .tag("reason", order.reason() == null ? "" : order.reason())
                        .publishPercentileHistogram()
                        .register(registry);
        var took = Duration.between(order.createdAt(), order.since());
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        timer.record(took);
                    }
                });
    }
}
