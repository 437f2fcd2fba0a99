package duka.messaging;

import duka.messaging.OutboxRelay.Outcome.Busy;
import duka.messaging.OutboxRelay.Outcome.Sent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries events from the outbox to Kafka, oldest first, until Kafka has them.
 *
 * <p>An event is sent again when the process dies before its deletion commits. It is never
 * overtaken: one relay at a time works for a schema, the producer keeps the order in which it was
 * given the events, and it never gives one up to go on with the next.
 */
public final class OutboxRelay {

    /** How a round ended. */
    sealed interface Outcome {

        record Sent(int events) implements Outcome {}

        /** Another replica's relay is at work. */
        record Busy() implements Outcome {}
    }

    private record Waiting(
            long position,
            UUID id,
            String topic,
            UUID key,
            String type,
            String body,
            @Nullable String traceparent,
            Instant at) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Counter sent;
    private final String source;
    private final int batch;

    OutboxRelay(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            KafkaTemplate<String, byte[]> kafka,
            MeterRegistry meters,
            String service,
            int batch) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.kafka = kafka;
        this.sent = meters.counter("duka.relay.sent");
        this.source = "/duka/" + service;
        this.batch = batch;
    }

    /** Sends one batch and answers how many went. A test calls this where the clock would have. */
    public int relay() {
        return switch (round()) {
            case Sent(var events) -> events;
            case Busy() -> 0;
        };
    }

    Outcome round() {
        var outcome = transaction.execute(_ -> isAlone() ? send(takeOldest()) : new Busy());
        if (outcome instanceof Sent(var events) && events > 0) {
            sent.increment(events);
        }
        return outcome;
    }

    /** Two relays at once could overtake each other and put one key's events out of order. */
    private boolean isAlone() {
        return jdbc.sql(
                        "select pg_try_advisory_xact_lock(hashtextextended('duka.outbox.' || current_schema, 0))")
                .query(Boolean.class)
                .single();
    }

    private List<Waiting> takeOldest() {
        var taken =
                jdbc.sql(
                                """
                                delete from outbox
                                 where position in (select position from outbox order by position limit ?)
                                returning position, event_id, topic, key, type, body, traceparent, added_at
                                """)
                        .param(batch)
                        .query(
                                (row, _) ->
                                        new Waiting(
                                                row.getLong(1),
                                                row.getObject(2, UUID.class),
                                                row.getString(3),
                                                row.getObject(4, UUID.class),
                                                row.getString(5),
                                                row.getString(6),
                                                row.getString(7),
                                                row.getObject(8, OffsetDateTime.class).toInstant()))
                        .list();
        var inOrder = new ArrayList<>(taken);
        inOrder.sort(Comparator.comparingLong(Waiting::position));
        return inOrder;
    }

    private Outcome send(List<Waiting> events) {
        if (!events.isEmpty()) {
            var sent = events.stream().map(this::send).toList();
            kafka.flush();
            sent.forEach(OutboxRelay::confirm);
        }
        return new Sent(events.size());
    }

    private CompletableFuture<?> send(Waiting event) {
        return kafka.send(
                Headers.message(
                        event.topic(),
                        source,
                        event.id(),
                        event.key(),
                        event.type(),
                        event.at(),
                        event.traceparent(),
                        event.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static void confirm(CompletableFuture<?> sent) {
        try {
            sent.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("Kafka did not take an event", e.getCause());
        }
    }
}
