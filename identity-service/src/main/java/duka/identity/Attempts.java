package duka.identity;

import static duka.sql.Rows.at;
import static duka.sql.Rows.instant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Counts how often something is tried that could be guessed. An attempt is taken before it is made,
 * so that many at once are not more than many in a row; what has succeeded is given back. All
 * replicas count together.
 */
@Repository
class Attempts {

    /**
     * @param key who tries what
     * @param most that many, counted from the first one
     */
    record Limit(String key, int most, Duration within) {

        Limit {
            if (most < 1 || within.toSeconds() < 1) {
                throw new IllegalArgumentException(
                        "a limit of %d within %s lets nobody in".formatted(most, within));
            }
        }
    }

    /**
     * @param time until there are attempts again
     * @param first whether nobody has been told to wait before
     */
    record Wait(Duration time, boolean first) {}

    private record Count(String key, int taken, Instant ends) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Attempts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Takes one of each. Where one is used up, nothing is taken from the others: who has to wait
     * here does not make others wait there.
     */
    Optional<Wait> take(List<Limit> limits) {
        var most = limits.stream().collect(Collectors.toMap(Limit::key, Limit::most));
        var counts = count(limits);
        var exhausted =
                counts.stream()
                        .filter(count -> count.taken() > most.get(count.key()))
                        .max(Comparator.comparing(Count::ends));
        if (exhausted.isPresent()) {
            giveBack(
                    counts.stream()
                            .filter(count -> count.taken() <= most.get(count.key()))
                            .map(Count::key)
                            .toList());
        }
        return exhausted.map(
                count ->
                        new Wait(
                                Duration.between(clock.instant(), count.ends()),
                                count.taken() == most.get(count.key()) + 1));
    }

    void giveBack(Collection<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update attempts set taken = taken - 1
                          from (select key from attempts
                                 where key in (:keys) and taken > 0
                                 order by key for update) mine
                         where attempts.key = mine.key
                        """)
                .param("keys", keys)
                .update();
    }

    void forget(Collection<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        delete from attempts
                         where key in (select key from attempts
                                        where key in (:keys) order by key for update)
                        """)
                .param("keys", keys)
                .update();
    }

    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forgetEnded() {
        jdbc.sql("delete from attempts where ends_at < ?").param(now()).update();
    }

    /** In the order of the keys, so that no two wait for each other. */
    private List<Count> count(List<Limit> limits) {
        return jdbc.sql(
                        """
                        insert into attempts as known (key, taken, ends_at)
                        select key, 1, :now + seconds * interval '1 second'
                          from unnest(:keys, :seconds) as wished (key, seconds)
                         order by key
                        on conflict (key) do update
                           set taken = case when known.ends_at <= :now then 1
                                            else least(known.taken, 1000000) + 1 end,
                               ends_at = case when known.ends_at <= :now then excluded.ends_at
                                              else known.ends_at end
                        returning key, taken, ends_at
                        """)
                .param("now", now())
                .param("keys", limits.stream().map(Limit::key).toArray(String[]::new))
                .param(
                        "seconds",
                        limits.stream()
                                .map(limit -> Math.toIntExact(limit.within().toSeconds()))
                                .toArray(Integer[]::new))
                .query(
                        (row, _) ->
                                new Count(
                                        row.getString("key"),
                                        row.getInt("taken"),
                                        instant(row, "ends_at")))
                .list();
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }
}
