package duka.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows what is waiting: {@code duka.outbox.size}, {@code duka.outbox.age} and {@code
 * duka.dead.letters}.
 */
class MessagingMeters implements MeterBinder {

    private record Count(double outbox, double age, double deadLetters) {}

    private final JdbcClient jdbc;
    private final Backlog<Count> backlog;

    MessagingMeters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.backlog = new Backlog<>(clock, this::count);
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        backlog.gauge("duka.outbox.size", "Events on their way to Kafka", Count::outbox)
                .register(meters);
        backlog.gauge(
                        "duka.outbox.age",
                        "How long the oldest event has waited for Kafka",
                        Count::age)
                .baseUnit("seconds")
                .register(meters);
        backlog.gauge("duka.dead.letters", "Records parked for a person", Count::deadLetters)
                .register(meters);
    }

    private Count count(Instant now) {
        return jdbc.sql(
                        """
                        select (select count(*) from outbox),
                               (select added_at from outbox order by position limit 1),
                               (select count(*) from dead_letters)
                        """)
                .query(
                        (row, _) ->
                                new Count(
                                        row.getLong(1),
                                        Backlog.age(row.getObject(2, OffsetDateTime.class), now),
                                        row.getLong(3)))
                .single();
    }
}
