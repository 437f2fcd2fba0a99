package duka.messaging;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that a listener could not take in, or that came after such a one under the same key.
 *
 * @param listener consumer group and topic
 * @param headers as they were on Kafka, with the event's metadata
 * @param body as it was on Kafka
 * @param attempts how often it was tried; none when it only waits behind another
 */
public record DeadLetter(
        UUID id,
        String listener,
        @Nullable String key,
        @Nullable UUID eventId,
        @Nullable String type,
        String topic,
        int partition,
        long offset,
        Map<String, String> headers,
        byte @Nullable [] body,
        String reason,
        int attempts,
        Instant parkedAt,
        Instant triedAt) {}
