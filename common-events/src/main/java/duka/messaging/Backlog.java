package duka.messaging;

import io.micrometer.core.instrument.FunctionCounter;
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
 * What the database tells, as meters show it: asked for when somebody looks, and then not again for
 * a few seconds. While the database is away, no figure is shown.
 */
public final class Backlog<T> {

    private static final Logger log = LoggerFactory.getLogger(Backlog.class);

    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    /** Who looks waits for each answer that does not come, and does not wait for long. */
    private static final Duration AWAY_FOR = Duration.ofSeconds(30);

    private final Clock clock;
    private final Function<Instant, T> count;
    private @Nullable T counted;
    private Instant countedAt = Instant.MIN;
    private Duration goodFor = GOOD_FOR;

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

    public FunctionCounter.Builder<?> counter(
            String name, String description, ToDoubleFunction<T> value) {
        return FunctionCounter.builder(name, this, backlog -> backlog.figure(value))
                .description(description);
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
        if (now.isBefore(countedAt) || !now.minus(goodFor).isBefore(countedAt)) {
            countedAt = now;
            try {
                counted = count.apply(now);
                goodFor = GOOD_FOR;
            } catch (DataAccessException e) {
                log.debug("Nothing can be counted now", e);
                counted = null;
                goodFor = AWAY_FOR;
            }
        }
        return counted;
    }
}
