package duka.order;

import duka.messaging.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Shows whether any order has stayed undecided for too long: {@code duka.orders.overdue}. */
@Component
class OverdueMeters implements MeterBinder {

    /** By then the sweeps of some replica must have come to it. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Backlog<Long> backlog;

    OverdueMeters(Orders orders, Clock clock) {
        this.backlog = new Backlog<>(clock, now -> orders.countOverdue(now.minus(GRACE)));
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        backlog.gauge(
                        "duka.orders.overdue",
                        "Orders undecided a minute after their deadline",
                        Long::doubleValue)
                .register(meters);
    }
}
