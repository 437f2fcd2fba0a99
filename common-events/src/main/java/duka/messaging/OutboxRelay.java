package duka.messaging;

import duka.messaging.OutboxRelay.Outcome.Busy;
import duka.messaging.OutboxRelay.Outcome.Sent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries events from the outbox to Kafka, oldest first, until Kafka has them.
 *
 * <p>An event is sent again when the process dies before its deletion commits. It is never
 * overtaken: one relay at a time works for a schema, the producer keeps the order in which it was
 * given the events, and it never gives one up to go on with the next. Who gives up is the relay,
 * with all that a round has sent: it drops the producer before anybody else can have the lock.
 */
public final class OutboxRelay {

    /** How a round ended. */
    sealed interface Outcome {

        record Sent(int events) implements Outcome {}

        /** Another replica's relay is at work, or it is its turn. */
        record Busy() implements Outcome {}
    }

    /** How often a round that waits for Kafka looks whether the lock is still its own. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How long others have to take an event away; they look for events every now and then. */
    private static final Duration TURN = Duration.ofSeconds(5);

    private record Waiting(
            long position,
            UUID id,
            String topic,
            UUID key,
            String type,
            String body,
            @Nullable String traceparent,
            Instant at) {}

    /** The oldest event in the outbox, and since when it is that. */
    private record Oldest(long position, long since) {

        Oldest(long position) {
            this(position, System.nanoTime());
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Counter sent;
    private final String source;
    private final int batch;
    private final Duration patience;

    /** Known since a round failed and until one has sent something. */
    private volatile @Nullable Oldest stuckAt;

    OutboxRelay(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            KafkaTemplate<String, byte[]> kafka,
            MeterRegistry meters,
            String service,
            int batch,
            Duration patience) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.kafka = kafka;
        this.sent = meters.counter("duka.relay.sent");
        this.source = "/duka/" + service;
        this.batch = batch;
        this.patience = patience;
    }

    /** Sends one batch and answers how many went. A test calls this where the clock would have. */
    public int relay() {
        return switch (round()) {
            case Sent(var events) -> events;
            case Busy() -> 0;
        };
    }

    Outcome round() {
        if (leavesItToOthers()) {
            return new Busy();
        }
        var outcome = transaction.execute(_ -> isAlone() ? send(takeOldest()) : new Busy());
        if (outcome instanceof Sent(var events) && events > 0) {
            stuckAt = null;
            sent.increment(events);
        }
        return outcome;
    }

    /**
     * Kafka may be out of reach for this process alone. While others take events away, it would
     * only hold them up.
     */
    private boolean leavesItToOthers() {
        var stuck = stuckAt;
        if (stuck == null) {
            return false;
        }
        long oldest =
                jdbc.sql("select coalesce(min(position), 0) from outbox")
                        .query(Long.class)
                        .single();
        if (oldest != stuck.position()) {
            stuck = new Oldest(oldest);
            stuckAt = stuck;
        }
        return System.nanoTime() - stuck.since() < TURN.toNanos();
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
            try {
                var sent = events.stream().map(this::send).toArray(CompletableFuture<?>[]::new);
                Thread.startVirtualThread(kafka::flush); // which waits for as long as it takes
                confirm(CompletableFuture.allOf(sent));
            } catch (RuntimeException | Error fault) {
                dropWhatIsBuffered();
                stuckAt = new Oldest(events.getFirst().position());
                throw fault;
            }
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

    private void confirm(CompletableFuture<?> sent) {
        long begin = System.nanoTime();
        while (true) {
            try {
                sent.get(Math.min(LOOK.toNanos(), patience.toNanos()), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException _) {
                if (System.nanoTime() - begin >= patience.toNanos()) {
                    throw new IllegalStateException(
                            "Kafka did not take the events within " + patience);
                }
                beSureOfTheLock();
            } catch (ExecutionException e) {
                throw new IllegalStateException("Kafka did not take an event", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Stopped while waiting for Kafka", e);
            }
        }
    }

    /** The lock ends with its connection, however that ended; then somebody else may be sending. */
    private void beSureOfTheLock() {
        jdbc.sql("select 1").query(Integer.class).single();
    }

    /** Or it could reach Kafka after what another relay has sent in the meantime. */
    private void dropWhatIsBuffered() {
        boolean interrupted = Thread.interrupted(); // then it would not wait until all is dropped
        kafka.getProducerFactory().reset();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
