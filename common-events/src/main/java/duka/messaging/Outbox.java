package duka.messaging;

import static duka.sql.Rows.at;

import duka.events.Event;
import duka.events.Topics;
import duka.tracing.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a service leaves its events, in the transaction that makes them true. {@link OutboxRelay}
 * carries them on.
 */
public class Outbox {

    /**
     * What waits for Kafka.
     *
     * @param oldest since when; null if nothing waits
     */
    public record Backlog(long size, @Nullable Instant oldest) {}

    /** Kafka refuses what is larger, which would hold up every event behind it for ever. */
    private static final int LARGEST_BODY = 900_000;

    private final JdbcClient jdbc;
    private final EventCodec codec;
    private final Clock clock;
    private final Traces traces;
    private final Runnable afterCommit;

    Outbox(JdbcClient jdbc, EventCodec codec, Clock clock, Traces traces, Runnable afterCommit) {
        this.jdbc = jdbc;
        this.codec = codec;
        this.clock = clock;
        this.traces = traces;
        this.afterCommit = afterCommit;
    }

    public void add(Event event) {
        addAll(List.of(event));
    }

    /** The events leave in this order. */
    public void addAll(Collection<? extends Event> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    "an event is true only together with what made it so: no transaction");
        }
        if (events.isEmpty()) {
            return;
        }
        int count = events.size();
        var ids = new String[count];
        var topics = new String[count];
        var keys = new String[count];
        var types = new String[count];
        var bodies = new String[count];
        var traceparents = new @Nullable String[count];
        int at = 0;
        for (var event : events) {
            ids[at] = Uuid7.mint(clock).toString();
            topics[at] = Topics.of(event);
            keys[at] = event.key().toString();
            types[at] = EventCodec.typeOf(event);
            bodies[at] = body(event);
            traceparents[at] = traces.traceparent(event.key());
            at++;
        }
        jdbc.sql(
                        """
                        insert into outbox (event_id, topic, key, type, body, traceparent, added_at)
                        select *, ?::timestamptz
                          from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[])
                        """)
                .param(at(clock.instant()))
                .param(ids)
                .param(topics)
                .param(keys)
                .param(types)
                .param(bodies)
                .param(traceparents)
                .update();
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        afterCommit.run();
                    }
                });
    }

    /** As of now, uncommitted events left out. */
    public Backlog backlog() {
        return jdbc.sql(
                        """
                        select (select count(*) from outbox),
                               (select added_at from outbox order by position limit 1)
                        """)
                .query(
                        (row, _) -> {
                            var oldest = row.getObject(2, OffsetDateTime.class);
                            return new Backlog(
                                    row.getLong(1), oldest == null ? null : oldest.toInstant());
                        })
                .single();
    }

    private String body(Event event) {
        var body = codec.write(event);
        if (body.length() > LARGEST_BODY / 3
                && body.getBytes(StandardCharsets.UTF_8).length > LARGEST_BODY) {
            throw new IllegalArgumentException(
                    "%s of %s is too large for Kafka"
                            .formatted(EventCodec.typeOf(event), event.key()));
        }
        return body;
    }
}
