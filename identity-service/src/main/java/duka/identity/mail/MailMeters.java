package duka.identity.mail;

import static duka.sql.Rows.at;

import duka.messaging.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shows what is stuck: {@code duka.mails.waiting}, {@code duka.mails.age} and {@code
 * duka.mails.failed}.
 */
@Component
class MailMeters implements MeterBinder {

    private record Count(double waiting, double age, double failed) {}

    private final JdbcClient jdbc;
    private final Backlog<Count> backlog;

    MailMeters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.backlog = new Backlog<>(clock, this::count);
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        backlog.gauge("duka.mails.waiting", "Mails that are to go", Count::waiting)
                .register(meters);
        backlog.gauge(
                        "duka.mails.age",
                        "How long the oldest has waited, of those that are due",
                        Count::age)
                .baseUnit("seconds")
                .register(meters);
        backlog.gauge("duka.mails.failed", "Mails given up, for an admin", Count::failed)
                .register(meters);
    }

    private Count count(Instant now) {
        return jdbc.sql(
                        """
                        select count(*) filter (where state = 'WAITING'),
                               min(written_at) filter (
                                   where state = 'WAITING' and (attempts > 0 or next_try <= ?)),
                               count(*) filter (where state = 'FAILED')
                          from mails where state in ('WAITING', 'FAILED')
                        """)
                .param(at(now))
                .query(
                        (row, _) ->
                                new Count(
                                        row.getLong(1),
                                        Backlog.age(row.getObject(2, OffsetDateTime.class), now),
                                        row.getLong(3)))
                .single();
    }
}
