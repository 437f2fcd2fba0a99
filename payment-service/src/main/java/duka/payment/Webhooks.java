package duka.payment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What providers send of their own accord. It is a reason to ask them and nothing more, so it does
 * no harm however often, late or out of order it comes.
 */
@Service
public class Webhooks {

    /** What becomes of a webhook. */
    public enum Receipt {
        TAKEN,
        /** Its signature is missing, wrong or too old. */
        NOT_PROVEN,
        UNREADABLE,
        UNKNOWN_PROVIDER
    }

    private final Map<String, WebhookReader> readers;
    private final Payments payments;
    private final ProviderWorker worker;
    private final Clock clock;
    private final MeterRegistry meters;

    Webhooks(
            List<WebhookReader> readers,
            Payments payments,
            ProviderWorker worker,
            Clock clock,
            MeterRegistry meters) {
        this.readers =
                readers.stream()
                        .collect(Collectors.toMap(WebhookReader::provider, Function.identity()));
        this.payments = payments;
        this.worker = worker;
        this.clock = clock;
        this.meters = meters;
        // There from the start, or the first that is refused would not be seen as a change.
        readers.forEach(reader -> counter(reader.provider(), Receipt.TAKEN));
        readers.forEach(reader -> counter(reader.provider(), Receipt.NOT_PROVEN));
        readers.forEach(reader -> counter(reader.provider(), Receipt.UNREADABLE));
    }

    public Receipt receive(
            String provider, Function<String, @Nullable String> headers, byte[] body) {
        var reader = readers.get(provider);
        if (reader == null) {
            return Receipt.UNKNOWN_PROVIDER;
        }
        var receipt = receive(reader, headers, body);
        counter(provider, receipt).increment();
        return receipt;
    }

    private Counter counter(String provider, Receipt receipt) {
        var outcome = receipt.name().toLowerCase(Locale.ROOT);
        return meters.counter("duka.payment.webhooks", "provider", provider, "outcome", outcome);
    }

    private Receipt receive(
            WebhookReader reader, Function<String, @Nullable String> headers, byte[] body) {
        if (!reader.isGenuine(headers, body)) {
            return Receipt.NOT_PROVEN;
        }
        return reader.orderOf(body)
                .map(
                        order -> {
                            if (payments.wakeUndecided(order, clock.instant())) {
                                worker.look();
                            }
                            return Receipt.TAKEN;
                        })
                .orElse(Receipt.UNREADABLE);
    }
}
