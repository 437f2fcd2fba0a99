package duka.identity.mail;

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
import org.springframework.stereotype.Component;

/**
 * Shows what is stuck: {@code duka.mails.waiting}, {@code duka.mails.age} and {@code
 * duka.mails.failed}. Nothing is counted unless somebody looks.
 */
@Component
class MailMeters implements MeterBinder {

    private record Backlog(double waiting, double age, double failed) {

        static final Backlog UNKNOWN = new Backlog(Double.NaN, Double.NaN, Double.NaN);
    }

    private static final Logger log = LoggerFactory.getLogger(MailMeters.class);

    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final Clock clock;
    private Backlog backlog = Backlog.UNKNOWN;
    private Instant countedAt = Instant.MIN;

    MailMeters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge("duka.mails.waiting", "Mails that are to go", Backlog::waiting).register(meters);
        gauge(
                        "duka.mails.age",
                        "How long the oldest has waited, of those that are due",
                        Backlog::age)
                .baseUnit("seconds")
                .register(meters);
        gauge("duka.mails.failed", "Mails given up, for an admin", Backlog::failed)
                .register(meters);
    }

    private Gauge.Builder<MailMeters> gauge(
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
            log.debug("Mails cannot be counted now", e);
            backlog = Backlog.UNKNOWN;
        }
        return backlog;
    }

    private Backlog count(Instant now) {
        return jdbc.sql(
                        """
                        select count(*) filter (where state = 'WAITING'),
                               min(written_at) filter (
                                   where state = 'WAITING' and (attempts > 0 or next_try <= ?)),
                               count(*) filter (where state = 'FAILED')
                          from mails where state in ('WAITING', 'FAILED')
                        """)
                .param(Sql.at(now))
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
