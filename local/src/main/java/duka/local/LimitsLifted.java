package duka.local;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * No rate limits at the gateway for as long as this is open: for commands that ask for more than a
 * customer would. Says so again and again, so that a killed command lifts them for seconds only.
 */
final class LimitsLifted implements AutoCloseable {

    private static final String KEY = "duka:limits:paused";
    private static final String SECONDS = "10";
    private static final Duration NOTICED = Duration.ofSeconds(1);

    private final Redis redis;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    private LimitsLifted(Redis redis) {
        this.redis = redis;
        clock.scheduleWithFixedDelay(this::lift, 0, NOTICED.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of a shop that is about to start: as soon as there is a Redis, and so before the gateway. */
    static LimitsLifted fromStart(Shop shop) {
        return new LimitsLifted((Redis) shop.program(Part.REDIS));
    }

    /** Of a shop that runs: returns when its gateway has noticed. */
    static LimitsLifted now(Shop shop) {
        var lifted = fromStart(shop);
        Processes.pause(NOTICED);
        return lifted;
    }

    private void lift() {
        try {
            redis.ask("SET", KEY, "1", "EX", SECONDS);
        } catch (IOException nothingIsLimitedThen) {
            return;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(5, TimeUnit.SECONDS);
            redis.ask("DEL", KEY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException nothingIsLimitedThen) {
            return;
        }
    }
}
