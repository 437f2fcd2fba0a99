package duka.messaging;

import duka.messaging.OutboxRelay.Outcome.Busy;
import duka.messaging.OutboxRelay.Outcome.Sent;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

/**
 * The clock that drives {@link OutboxRelay}: at once after a commit of this process, every now and
 * then for what another one left.
 */
class OutboxSchedule implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxSchedule.class);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OutboxRelay relay;
    private final Duration gather;
    private final Duration poll;
    private final int batch;
    private final Semaphore news = new Semaphore(0);
    private volatile @Nullable Thread thread;

    OutboxSchedule(OutboxRelay relay, MessagingProperties properties) {
        this.relay = relay;
        this.gather = properties.gather();
        this.poll = properties.poll();
        this.batch = properties.batch();
    }

    /** There are events to relay. */
    void wake() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            // Known before it runs: it goes on for as long as it is the one that is known.
            var starting = Thread.ofPlatform().name("outbox-relay").daemon().unstarted(this::run);
            thread = starting;
            starting.start();
        }
    }

    @Override
    public synchronized void stop() {
        var running = thread;
        if (running != null) {
            thread = null;
            wake();
            try {
                if (!running.join(PATIENCE)) {
                    running.interrupt(); // it waits for Kafka; the outbox keeps what it was sending
                    running.join(PATIENCE);
                }
            } catch (InterruptedException _) {
                running.interrupt();
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Starts before all that adds events, jobs too, and stops after it: what they add goes out. */
    @Override
    public int getPhase() {
        return ExecutorConfigurationSupport.DEFAULT_PHASE - 1;
    }

    private void run() {
        int busy = 0;
        int failed = 0;
        while (thread == Thread.currentThread()) {
            try {
                news.drainPermits();
                switch (relay.round()) {
                    case Sent(var events) -> {
                        busy = 0;
                        failed = 0;
                        if (events < batch) {
                            waitForNews();
                        }
                    }
                    case Busy _ -> pause(backOff(gather, busy++, poll));
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException | Error fault) {
                if (thread != Thread.currentThread() || Thread.interrupted()) {
                    return;
                }
                failed++;
                log.warn("The outbox could not be relayed, {} times now", failed, fault);
                try {
                    pause(backOff(Duration.ofMillis(100), failed, LONGEST_PAUSE));
                } catch (InterruptedException _) {
                    return;
                }
            }
        }
    }

    /** A lone event goes at once; under load, rounds keep a distance, so that batches form. */
    private void waitForNews() throws InterruptedException {
        long lastRound = System.nanoTime();
        if (news.tryAcquire(poll.toNanos(), TimeUnit.NANOSECONDS)) {
            pause(gather.minusNanos(System.nanoTime() - lastRound));
        }
    }

    private static void pause(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    }

    /** Doubles with every time in vain, and is spread, so that replicas do not march in step. */
    private static Duration backOff(Duration first, int inVain, Duration longest) {
        long nanos =
                Math.min(Math.max(1, first.toNanos()) << Math.min(inVain, 20), longest.toNanos());
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1));
    }
}
