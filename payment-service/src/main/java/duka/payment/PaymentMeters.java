package duka.payment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many payments wait for a provider at each status, and how late the latest call is. */
@Component
class PaymentMeters {

    private final Payments payments;
    private final Clock clock;
    private final MultiGauge waiting;
    private final Counter refusals;
    private volatile double lag;
    private volatile double stuck;

    PaymentMeters(Payments payments, MeterRegistry meters, Clock clock) {
        this.payments = payments;
        this.clock = clock;
        this.waiting =
                MultiGauge.builder("duka.payment.waiting")
                        .description("Payments that wait for their provider")
                        .register(meters);
        Gauge.builder("duka.payment.lag", () -> lag)
                .description("How long the longest waiting provider call is overdue")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("duka.payment.refunds.stuck", () -> stuck)
                .description("Refunds that a provider has refused for good and staff not settled")
                .register(meters);
        this.refusals =
                Counter.builder("duka.payment.refunds.refused")
                        .description("Refunds that a provider has refused for good")
                        .register(meters);
    }

    void refundRefused() {
        refusals.increment();
    }

    @Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
    void measure() {
        var counts = payments.countWaiting();
        waiting.register(
                Stream.of(PaymentStatus.values())
                        .map(status -> row(status, counts.getOrDefault(status, 0L)))
                        .toList(),
                true);
        stuck = payments.countRefusedRefunds();
        var now = clock.instant();
        lag =
                payments.oldestDue()
                        .filter(due -> due.isBefore(now))
                        .map(due -> Duration.between(due, now).toMillis() / 1000.0)
                        .orElse(0.0);
    }

    private static MultiGauge.Row<Number> row(PaymentStatus status, long number) {
        return MultiGauge.Row.of(Tags.of("status", status.name()), number);
    }
}
