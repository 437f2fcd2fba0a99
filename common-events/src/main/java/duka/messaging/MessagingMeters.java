package duka.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows what is waiting: {@code duka.outbox.size}, {@code duka.outbox.age} and {@code
 * duka.dead.letters}. Nothing is counted unless somebody looks.
 */
class MessagingMeters implements MeterBinder {

    private record Backlog(double outbox, double age, double deadLetters) {

        static final Backlog UNKNOWN = new Backlog(Double.NaN, Double.NaN, Double.NaN);
    }

    private static final Logger log = LoggerFactory.getLogger(MessagingMeters.class);

    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final Clock clock;
    private Backlog backlog = Backlog.UNKNOWN;
    private Instant countedAt = Instant.MIN;

    MessagingMeters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge("duka.outbox.size", "Events on their way to Kafka", Backlog::outbox).register(meters);
        gauge("duka.outbox.age", "How long the oldest event has waited for Kafka", Backlog::age)
                .baseUnit("seconds")
                .register(meters);
        gauge("duka.dead.letters", "Records parked for a person", Backlog::deadLetters)
                .register(meters);
    }

    private Gauge.Builder<MessagingMeters> gauge(
            String name, String description, ToDoubleFunction<Backlog> value) {
        return Gauge.builder(name, this, meters -> value.applyAsDouble(meters.backlog()))
                .description(description);
    }

    private synchronized Backlog backlog() {
        var now = clock.instant();
        if (!now.isBefore(countedAt) && now.minus(GOOD_FOR).isBefore(countedAt)) {
            return backlog;
        }
        countedAt = now;
        try {
            backlog = count(now);
        } catch (DataAccessException e) {
            log.debug("The backlog cannot be counted now", e);
            backlog = Backlog.UNKNOWN;
        }
        return backlog;
    }

    private Backlog count(Instant now) {
        return jdbc.sql(
                        """
                        select (select count(*) from outbox),
                               (select added_at from outbox order by position limit 1),
                               (select count(*) from dead_letters)
                        """)
                .query(
                        (row, _) -> {
                            var oldest = row.getObject(2, OffsetDateTime.class);
                            return new Backlog(
                                    row.getLong(1),
                                    oldest == null
                                            ? 0
                                            : Duration.between(oldest.toInstant(), now).toMillis()
                                                    / 1000.0,
                                    row.getLong(3));
                        })
                .single();
    }
}
