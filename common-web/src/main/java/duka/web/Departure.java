package duka.web;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps a process serving for a moment after it has left the registry: callers go on sending to it
 * until they have read the registry again. Only then does it stop listening to Kafka and to HTTP.
 */
final class Departure implements SmartLifecycle {

    private final Duration notice;
    private volatile boolean running;

    /**
     * @param notice how long callers take to notice
     */
    Departure(Duration notice) {
        this.notice = notice;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void stop(Runnable done) {
        stop();
        CompletableFuture.delayedExecutor(notice.toMillis(), MILLISECONDS).execute(done);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything else stops. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
