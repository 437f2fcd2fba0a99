package duka.messaging;

import duka.events.Event;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as one listener hears it.
 *
 * @param listener who hears it: the consumer group and the topic, as Kafka's own offsets have it,
 *     so that classes can be renamed without hearing everything anew
 */
record Heard(String listener, ConsumerRecord<String, byte[]> message, Content content) {

    /** What is in a record. */
    sealed interface Content {

        record Understood(UUID id, String type, Event event) implements Content {}

        /** Of a type that the listener does not take, or that is younger than this service. */
        record NotForUs() implements Content {}

        record Garbled(EventCodec.Undecodable reason) implements Content {}
    }

    /**
     * @param types those that the listener takes
     */
    static Heard by(
            String group,
            Set<String> types,
            ConsumerRecord<String, byte[]> message,
            EventCodec codec) {
        return new Heard(listener(group, message.topic()), message, content(types, message, codec));
    }

    static String listener(String group, String topic) {
        return group + "/" + topic;
    }

    private static Content content(
            Set<String> types, ConsumerRecord<String, byte[]> message, EventCodec codec) {
        var type = Headers.text(message, Headers.TYPE);
        if (type == null) {
            return garbled("no header " + Headers.TYPE);
        }
        if (!types.contains(type)) {
            return new Content.NotForUs();
        }
        var id = Headers.id(message);
        if (id == null) {
            return garbled("no UUID in the header " + Headers.ID);
        }
        try {
            return new Content.Understood(id, type, codec.read(type, message.value()));
        } catch (EventCodec.Undecodable e) {
            return new Content.Garbled(e);
        }
    }

    private static Content garbled(String reason) {
        return new Content.Garbled(new EventCodec.Undecodable(reason));
    }

    @Nullable String key() {
        return message.key();
    }

    @Override
    public String toString() {
        return "%s of key %s at %s-%d:%d for %s"
                .formatted(
                        content instanceof Content.Understood(var id, var type, _)
                                ? type + " " + id
                                : "a record",
                        key(),
                        message.topic(),
                        message.partition(),
                        message.offset(),
                        listener);
    }
}
