package duka.messaging;

import io.micrometer.core.instrument.Gauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What waits in a table, as gauges show it: counted when somebody looks, and then not again for a
 * few seconds. While the database is away, no figure is shown.
 */
public final class Backlog<T> {

    private static final Logger log = LoggerFactory.getLogger(Backlog.class);

    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    private final Clock clock;
    private final Function<Instant, T> count;
    private @Nullable T counted;
    private Instant countedAt = Instant.MIN;

    /**
     * @param count as it is at this instant
     */
    public Backlog(Clock clock, Function<Instant, T> count) {
        this.clock = clock;
        this.count = count;
    }

    public Gauge.Builder<?> gauge(String name, String description, ToDoubleFunction<T> value) {
        return Gauge.builder(name, this, backlog -> backlog.figure(value)).description(description);
    }

    /** For how many seconds the oldest has waited, if there is one. */
    public static double age(@Nullable OffsetDateTime oldest, Instant now) {
        return oldest == null ? 0 : Duration.between(oldest.toInstant(), now).toMillis() / 1000.0;
    }

    private double figure(ToDoubleFunction<T> value) {
        var known = counted();
        return known == null ? Double.NaN : value.applyAsDouble(known);
    }

    private synchronized @Nullable T counted() {
        var now = clock.instant();
        if (now.isBefore(countedAt) || !now.minus(GOOD_FOR).isBefore(countedAt)) {
            countedAt = now;
            try {
                counted = count.apply(now);
            } catch (DataAccessException e) {
                log.debug("Nothing can be counted now", e);
                counted = null;
            }
        }
        return counted;
    }
}
