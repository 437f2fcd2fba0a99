package duka.messaging;

import duka.events.Event;
import duka.tracing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts a {@link Delivery} in front of every listener, and knows them by the listener's name. */
class Deliveries {

    private final EventCodec codec;
    private final Inbox inbox;
    private final Parking parking;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Traces traces;
    private final MeterRegistry meters;
    private final Map<String, Delivery> byListener = new ConcurrentHashMap<>();

    Deliveries(
            EventCodec codec,
            Inbox inbox,
            Parking parking,
            TransactionTemplate transaction,
            Clock clock,
            Traces traces,
            MeterRegistry meters) {
        this.codec = codec;
        this.inbox = inbox;
        this.parking = parking;
        this.transaction = transaction;
        this.clock = clock;
        this.traces = traces;
        this.meters = meters;
    }

    /**
     * @param declared what the listener hears; all else on its topics passes it by
     */
    @SuppressWarnings("unchecked") // our own converter hands over what Delivery has decoded
    void standBefore(
            ConcurrentMessageListenerContainer<Object, Object> container,
            Class<? extends Event> declared) {
        var properties = container.getContainerProperties();
        var group = container.getGroupId();
        var topics = properties.getTopics();
        if (!(properties.getMessageListener()
                        instanceof BatchAcknowledgingConsumerAwareMessageListener<?, ?> listener)
                || group == null
                || topics == null) {
            throw new IllegalStateException(
                    "%s: a listener takes a List of events, in a group, from named topics"
                            .formatted(container.getListenerId()));
        }
        var delivery =
                new Delivery(
                        group,
                        EventCodec.typesOf(declared),
                        (BatchAcknowledgingConsumerAwareMessageListener<String, Event>) listener,
                        codec,
                        inbox,
                        parking,
                        transaction,
                        clock,
                        traces,
                        meters);
        for (var topic : topics) {
            var name = Heard.listener(group, topic);
            if (byListener.putIfAbsent(name, delivery) != null) {
                throw new IllegalStateException(
                        "two listeners would share the events of %s".formatted(name));
            }
        }
        properties.setMessageListener(delivery);
    }

    Optional<Delivery> to(String listener) {
        return Optional.ofNullable(byListener.get(listener));
    }
}
