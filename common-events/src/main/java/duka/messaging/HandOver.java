package duka.messaging;

import java.lang.reflect.Type;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.converter.BatchMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Gives a listener the bare events that {@link Delivery} has decoded. */
class HandOver implements BatchMessageConverter {

    @Override
    public Message<?> toMessage(
            List<ConsumerRecord<?, ?>> messages,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer,
            Type payload) {
        return new GenericMessage<>(messages.stream().map(ConsumerRecord::value).toList());
    }

    @Override
    public List<ProducerRecord<?, ?>> fromMessage(Message<?> message, String topic) {
        throw new UnsupportedOperationException("events leave through the outbox");
    }
}
