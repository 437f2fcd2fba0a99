package duka.payment;

import duka.messaging.Sealer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What customers and staff can do with payments. */
@Service
public class Charging {

    /** Some of them, and how many there are in all. */
    public record Page<T>(List<T> items, long count) {}

    private static final String NONE_IN_PARTICULAR = "internal";
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Payments payments;
    private final CheckoutSaga saga;
    private final ProviderWorker worker;
    private final Sealer sealer;
    private final PaymentProperties properties;
    private final Clock clock;

    Charging(
            Payments payments,
            CheckoutSaga saga,
            ProviderWorker worker,
            Sealer sealer,
            PaymentProperties properties,
            Clock clock) {
        this.payments = payments;
        this.saga = saga;
        this.worker = worker;
        this.sealer = sealer;
        this.properties = properties;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Page<Payment> list(PaymentFilter filter, String order, long offset, int limit) {
        return new Page<>(payments.list(filter, order, offset, limit), payments.count(filter));
    }

    @Transactional(readOnly = true)
    public Optional<Payment> find(UUID id) {
        return payments.find(id);
    }

    @Transactional(readOnly = true)
    public Optional<Payment> findByOrder(UUID orderId) {
        return payments.findByOrder(orderId);
    }

    /** By the provider's name for it, or by its own id, by which it goes until there is one. */
    @Transactional(readOnly = true)
    public Optional<Payment> findByReference(String reference) {
        return payments.findByReference(properties.provider(), reference)
                .or(() -> id(reference).flatMap(payments::find));
    }

    /** Gives a payment the token that it waits for; one that does not wait stays as it is. */
    @Transactional
    public Payment initiate(Payment payment, String token) {
        saga.onToken(payment.orderId(), sealer.seal(token));
        return payments.find(payment.id()).orElseThrow();
    }

    /**
     * Has the provider asked what became of a payment, and waits a moment for its answer. Nobody
     * else's word counts.
     */
    public Payment confirm(Payment payment) {
        var since = clock.instant();
        var until = since.plus(properties.confirmPatience());
        if (payments.wake(payment.id(), since)) {
            worker.look();
        }
        var current = payments.find(payment.id()).orElseThrow();
        while (current.isBeingAsked()
                && isBefore(current.answeredAt(), since)
                && clock.instant().isBefore(until)) {
            LockSupport.parkNanos(GLANCE.toNanos());
            current = payments.find(payment.id()).orElseThrow();
        }
        return current;
    }

    /** Whether payments go through this provider; older clients name none in particular. */
    public boolean takes(String provider) {
        return List.of(properties.provider(), CashOnDelivery.NAME, NONE_IN_PARTICULAR)
                .contains(provider.toLowerCase(Locale.ROOT));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isBefore(@Nullable Instant answeredAt, Instant since) {
        return answeredAt == null || answeredAt.isBefore(since);
    }
}
