package duka.web;

import duka.messaging.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows how a service's database is, with what PostgreSQL tells everybody who may sign in: {@code
 * duka.database…}. Those who share one database show the same figures.
 */
class DatabaseMeters implements MeterBinder {

    private record Figures(
            double connections,
            double limit,
            double bytes,
            double commits,
            double rollbacks,
            double hits,
            double reads,
            double deadlocks,
            double waiting) {}

    private final JdbcClient jdbc;
    private final Backlog<Figures> figures;

    DatabaseMeters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.figures = new Backlog<>(clock, this::ask);
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        figures.gauge("duka.database.connections", "To the whole server", Figures::connections)
                .register(meters);
        figures.gauge("duka.database.connections.limit", "Of the server", Figures::limit)
                .register(meters);
        figures.gauge("duka.database.size", "On disk", Figures::bytes)
                .baseUnit("bytes")
                .register(meters);
        figures.gauge("duka.database.locks.waiting", "Locks not granted yet", Figures::waiting)
                .register(meters);
        figures.counter("duka.database.transactions", "By how they ended", Figures::commits)
                .tag("outcome", "committed")
                .register(meters);
        figures.counter("duka.database.transactions", "By how they ended", Figures::rollbacks)
                .tag("outcome", "rolled back")
                .register(meters);
        figures.counter("duka.database.blocks", "By where they were found", Figures::hits)
                .tag("found", "cache")
                .register(meters);
        figures.counter("duka.database.blocks", "By where they were found", Figures::reads)
                .tag("found", "disk")
                .register(meters);
        figures.counter("duka.database.deadlocks", "Deadlocks", Figures::deadlocks)
                .register(meters);
    }

    private Figures ask(Instant now) {
        return jdbc.sql(
                        """
                        select (select sum(numbackends) from pg_stat_database),
                               current_setting('max_connections')::int,
                               pg_database_size(datname),
                               xact_commit, xact_rollback, blks_hit, blks_read, deadlocks,
                               (select count(*) from pg_locks where not granted)
                          from pg_stat_database where datname = current_database()
                        """)
                .query(
                        (row, _) ->
                                new Figures(
                                        row.getDouble(1),
                                        row.getDouble(2),
                                        row.getDouble(3),
                                        row.getDouble(4),
                                        row.getDouble(5),
                                        row.getDouble(6),
                                        row.getDouble(7),
                                        row.getDouble(8),
                                        row.getDouble(9)))
                .single();
    }
}
