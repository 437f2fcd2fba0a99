package duka.messaging;

import duka.events.CheckoutEvent;
import duka.events.Event;
import duka.messaging.Heard.Content.Garbled;
import duka.messaging.Heard.Content.NotForUs;
import duka.messaging.Heard.Content.Understood;
import duka.tracing.Traces;
import duka.tracing.Traces.Piece;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stands between Kafka and one listener, and hands it each event once, in order, in a transaction.
 *
 * <p>A poll's events are taken in together. If that fails for good, each is tried in a transaction
 * of its own, and the one that can never work is parked, with all that follow under its key, so
 * that it neither blocks nor hides the others. What fails for a passing reason is thrown back at
 * the container, which tries the poll again for as long as it takes.
 */
final class Delivery implements BatchMessageListener<String, byte[]> {

    /** Something that deliveries rely on is away. */
    static class NotNow extends RuntimeException {

        NotNow(Throwable cause) {
            super(Faults.reason(cause), cause);
        }
    }

    private record Measure(String listener, String type) {}

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final String group;
    private final Set<String> types;
    private final BatchAcknowledgingConsumerAwareMessageListener<String, Event> listener;
    private final EventCodec codec;
    private final Inbox inbox;
    private final Parking parking;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Traces traces;
    private final MeterRegistry meters;
    private final Counter retries;
    private final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();
    private final Map<Measure, Timer> timers = new ConcurrentHashMap<>();

    Delivery(
            String group,
            Set<String> types,
            BatchAcknowledgingConsumerAwareMessageListener<String, Event> listener,
            EventCodec codec,
            Inbox inbox,
            Parking parking,
            TransactionTemplate transaction,
            Clock clock,
            Traces traces,
            MeterRegistry meters) {
        this.group = group;
        this.types = types;
        this.listener = listener;
        this.codec = codec;
        this.inbox = inbox;
        this.parking = parking;
        this.transaction = transaction;
        this.clock = clock;
        this.traces = traces;
        this.meters = meters;
        this.retries = meters.counter("duka.delivery.retries", "group", group);
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> messages) {
        var heard =
                messages.stream()
                        .map(message -> Heard.by(group, types, message, codec))
                        .filter(each -> !(each.content() instanceof NotForUs))
                        .toList();
        if (!heard.isEmpty() && !takenInTogether(heard)) {
            heard.forEach(this::takeInOrPark);
        }
    }

    /** Takes in a parked record, in the transaction that is open. */
    void takeInAgain(ConsumerRecord<String, byte[]> message) {
        var heard = Heard.by(group, types, message, codec);
        switch (heard.content()) {
            case Understood _ -> {
                if (inbox.claimOnItsOwn(heard)) {
                    call(List.of(heard));
                }
            }
            case NotForUs _ -> {}
            case Garbled(var reason) -> throw reason;
        }
    }

    private boolean takenInTogether(List<Heard> heard) {
        if (heard.stream().anyMatch(each -> each.content() instanceof Garbled)) {
            return false;
        }
        try {
            takeIn(heard);
            return true;
        } catch (RuntimeException | Error fault) {
            throwIfPassing(fault);
            if (heard.size() > 1) {
                log.warn("{} records for {} failed together", heard.size(), group, fault);
            }
            return false;
        }
    }

    private void takeInOrPark(Heard heard) {
        try {
            switch (heard.content()) {
                case Understood _ -> takeIn(List.of(heard));
                case Garbled(var reason) -> park(heard, reason);
                case NotForUs _ -> {}
            }
        } catch (RuntimeException | Error fault) {
            throwIfPassing(fault);
            park(heard, fault);
        }
    }

    private void takeIn(List<Heard> heard) {
        var taken =
                transaction.execute(
                        _ -> {
                            var fresh = claim(heard);
                            if (!fresh.isEmpty()) {
                                call(fresh);
                            }
                            return fresh;
                        });
        taken.forEach(this::measure);
    }

    /** Those to take in, in order. Those that have to wait behind a parked one are parked too. */
    private List<Heard> claim(List<Heard> heard) {
        var claim = inbox.claim(heard);
        var fresh = claim.fresh();
        if (!claim.behind().isEmpty()) {
            var behind = pick(heard, claim.behind());
            behind.stream()
                    .map(Parking.Place::of)
                    .sorted() // as everybody does, so that two never wait for each other
                    .distinct()
                    .forEach(parking::lock);
            // The way may have become free while we waited for whoever was clearing it.
            var again = inbox.claim(behind);
            fresh.addAll(again.fresh());
            pick(behind, again.behind())
                    .forEach(each -> parking.park(each, "waits behind another of its key", 0));
        }
        return pick(heard, fresh);
    }

    /** The events of these ids in record order, each once. */
    private static List<Heard> pick(List<Heard> heard, Set<UUID> ids) {
        var left = new HashSet<>(ids);
        var picked = new ArrayList<Heard>(left.size());
        for (var each : heard) {
            if (left.remove(((Understood) each.content()).id())) {
                picked.add(each);
            }
        }
        return picked;
    }

    private void call(List<Heard> heard) {
        var events = heard.stream().map(Delivery::decoded).toList();
        traces.during(
                heard.stream().map(this::piece).toList(),
                () -> listener.onMessage(events, null, null));
    }

    private Piece piece(Heard heard) {
        var understood = (Understood) heard.content();
        var event = understood.event();
        return new Piece(
                Span.Kind.CONSUMER,
                understood.type(),
                tags.computeIfAbsent(heard.message().topic(), this::tags),
                event instanceof CheckoutEvent ? Traces.ORDER : "key",
                event.key(),
                Headers.text(heard.message(), Headers.TRACEPARENT));
    }

    private Map<String, String> tags(String topic) {
        return Map.of(
                "messaging.system",
                "kafka",
                "messaging.destination.name",
                topic,
                "messaging.consumer.group.name",
                group);
    }

    private static ConsumerRecord<String, Event> decoded(Heard heard) {
        var message = heard.message();
        var said = Headers.time(message);
        return new ConsumerRecord<>(
                message.topic(),
                message.partition(),
                message.offset(),
                said == null ? message.timestamp() : said.toEpochMilli(),
                message.timestampType(),
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                message.key(),
                ((Understood) heard.content()).event(),
                message.headers(),
                message.leaderEpoch());
    }

    private void park(Heard heard, Throwable fault) {
        log.error("Parked {}", heard, fault);
        try {
            transaction.executeWithoutResult(_ -> parking.park(heard, Faults.reason(fault), 1));
        } catch (RuntimeException | Error e) {
            throw new NotNow(
                    e); // nothing may be lost: without a place to park it, it is tried again
        }
    }

    private void throwIfPassing(Throwable fault) {
        if (Faults.isPassing(fault)) {
            retries.increment();
            log.warn("{} cannot take in anything now: {}", group, Faults.reason(fault));
            throw new NotNow(fault);
        }
    }

    private void measure(Heard heard) {
        var said = Headers.time(heard.message());
        if (said != null) {
            var measure = new Measure(heard.listener(), ((Understood) heard.content()).type());
            timers.computeIfAbsent(measure, this::timer)
                    .record(Duration.between(said, clock.instant()));
        }
    }

    private Timer timer(Measure measure) {
        return Timer.builder("duka.saga")
                .description("From when an event was said to when it had taken effect")
                .tag("listener", measure.listener())
                .tag("event", measure.type())
                .register(meters);
    }
}
