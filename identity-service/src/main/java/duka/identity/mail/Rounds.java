package duka.identity.mail;

import duka.identity.mail.Postman.Round.Away;
import duka.identity.mail.Postman.Round.Done;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The clock that drives {@link Postman}: at once after a commit of this process, every now and then
 * for what has to wait or another process left. It has a thread of its own because a mail server
 * may take its time.
 */
@Component
class Rounds implements SmartLifecycle {

    private record Walk(Thread thread, CountDownLatch over) {}

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    /** Nobody notices, and mails that are written together go together. */
    private static final Duration GATHER = Duration.ofMillis(200);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Postman postman;
    private final Duration poll;
    private final int batch;
    private final Semaphore news = new Semaphore(0);
    private @Nullable Walk walk;

    Rounds(Postman postman, MailProperties properties) {
        this.postman = postman;
        this.poll = properties.poll();
        this.batch = properties.batch();
    }

    /** There are mails to send. */
    void wake() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    @Override
    public synchronized void start() {
        if (walk != null) {
            return;
        }
        if (!postman.canSend()) {
            log.info("Mails wait: neither spring.mail.host nor duka.mail.folder is set");
            return;
        }
        var over = new CountDownLatch(1);
        walk = new Walk(Thread.ofPlatform().name("postman").daemon().start(() -> run(over)), over);
    }

    @Override
    public synchronized void stop() {
        if (walk instanceof Walk(Thread thread, CountDownLatch over)) {
            walk = null;
            over.countDown();
            wake();
            try {
                thread.join(PATIENCE); // what it is sending after that goes again some time
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return walk != null;
    }

    private void run(CountDownLatch over) {
        int inVain = 0;
        while (over.getCount() > 0) {
            news.drainPermits();
            try {
                switch (postman.round()) {
                    case Done(int mails) -> {
                        inVain = 0;
                        if (mails < batch
                                && news.tryAcquire(poll.toNanos(), TimeUnit.NANOSECONDS)) {
                            over.await(GATHER.toNanos(), TimeUnit.NANOSECONDS);
                        }
                    }
                    case Away(String reason) -> {
                        log.warn("The mail server is away, {} times now: {}", ++inVain, reason);
                        pause(over, inVain);
                    }
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException | Error fault) {
                log.warn("Mails could not be sent, {} times now", ++inVain, fault);
                try {
                    pause(over, inVain);
                } catch (InterruptedException _) {
                    return;
                }
            }
        }
    }

    /** Doubles with every time in vain, and is spread, so that replicas do not march in step. */
    private static void pause(CountDownLatch over, int inVain) throws InterruptedException {
        long nanos =
                Math.min(
                        FIRST_PAUSE.toNanos() << Math.min(inVain - 1, 10), LONGEST_PAUSE.toNanos());
        over.await(
                ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1), TimeUnit.NANOSECONDS);
    }
}
