package duka.messaging;

import duka.events.Event;
import duka.tracing.Traces;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.converter.BatchMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Gives a listener the events that {@link Delivery} has decoded: bare, or as {@link Said} if it
 * takes a list of that. While a listener loops over them, it is in each one's trace.
 */
class HandOver implements BatchMessageConverter {

    private final Traces traces;

    HandOver(Traces traces) {
        this.traces = traces;
    }

    @Override
    public Message<?> toMessage(
            List<ConsumerRecord<?, ?>> messages,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer,
            Type payload) {
        var takesSaid = takesSaid(payload);
        return new GenericMessage<>(
                traces.each(
                        messages.stream()
                                .map(message -> takesSaid ? said(message) : message.value())
                                .toList()));
    }

    private static boolean takesSaid(Type payload) {
        return ResolvableType.forType(payload).getGeneric().resolve() == Said.class;
    }

    private static Said<?> said(ConsumerRecord<?, ?> message) {
        return new Said<>((Event) message.value(), Instant.ofEpochMilli(message.timestamp()));
    }

    @Override
    public List<ProducerRecord<?, ?>> fromMessage(Message<?> message, String topic) {
        throw new UnsupportedOperationException("events leave through the outbox");
    }
}
