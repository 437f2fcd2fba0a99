package duka.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event's metadata as CloudEvents 1.0 has it on Kafka, in binary mode, and the trace that it
 * belongs to, as W3C has it.
 */
final class Headers {

    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String TIME = "ce_time";
    static final String TRACEPARENT = "traceparent";

    private static final byte[] VERSION = bytes("1.0");
    private static final byte[] JSON = bytes("application/json");

    private Headers() {}

    static ProducerRecord<String, byte[]> message(
            String topic,
            String source,
            UUID id,
            UUID key,
            String type,
            Instant time,
            @Nullable String traceparent,
            byte[] body) {
        var subject = key.toString();
        var message = new ProducerRecord<>(topic, subject, body);
        message.headers()
                .add("ce_specversion", VERSION)
                .add(ID, bytes(id.toString()))
                .add("ce_source", bytes(source))
                .add(TYPE, bytes(type))
                .add("ce_subject", bytes(subject))
                .add(TIME, bytes(time.toString()))
                .add("ce_dataschema", bytes(schema(type)))
                .add("content-type", JSON);
        if (traceparent != null) {
            message.headers().add(TRACEPARENT, bytes(traceparent));
        }
        return message;
    }

    /** The name of a type's JSON Schema, which lies in {@code schemas/<type>.v1.json}. */
    static String schema(String type) {
        return "urn:duka:schema:%s.v1".formatted(type);
    }

    static @Nullable String text(ConsumerRecord<?, ?> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    static @Nullable UUID id(ConsumerRecord<?, ?> message) {
        var id = text(message, ID);
        try {
            return id == null ? null : UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    static @Nullable Instant time(ConsumerRecord<?, ?> message) {
        var time = text(message, TIME);
        try {
            return time == null ? null : Instant.parse(time);
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
