package duka.cart;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Waits until it is decided what becomes of an order. Any replica may have heard the decision, so
 * the database is watched: for all who wait in one query, and only while somebody does.
 */
@Component
public class Decisions implements SmartLifecycle {

    private record Waiter(UUID orderId, CompletableFuture<Checkout> decided) {}

    private static final Logger log = LoggerFactory.getLogger(Decisions.class);

    private final Checkouts checkouts;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Executor watcher;
    private volatile boolean running;

    Decisions(Checkouts checkouts, CartProperties properties) {
        this.checkouts = checkouts;
        this.watcher =
                CompletableFuture.delayedExecutor(
                        properties.watch().toMillis(),
                        TimeUnit.MILLISECONDS,
                        Thread.ofVirtual().name("decisions")::start);
    }

    /**
     * @return nothing if it is still undecided after that time
     */
    public Optional<Checkout> await(UUID orderId, Duration atMost) {
        var waiter = new Waiter(orderId, new CompletableFuture<>());
        waiters.add(waiter);
        try {
            if (!running) {
                return Optional.empty();
            }
            watchSoon();
            return Optional.of(waiter.decided().get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException undecided) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiters.remove(waiter);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Who still waits is told at once that it is undecided, so as not to hold up the shutdown. */
    @Override
    public void stop() {
        running = false;
        waiters.forEach(
                waiter ->
                        waiter.decided()
                                .completeExceptionally(new IllegalStateException("closing")));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Once callers know that we leave, and before HTTP waits for those that it still answers. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    private void watchSoon() {
        if (watching.compareAndSet(false, true)) {
            watcher.execute(this::look);
        }
    }

    private void look() {
        try {
            var orderIds = waiters.stream().map(Waiter::orderId).collect(Collectors.toSet());
            if (!orderIds.isEmpty()) {
                checkouts.decided(orderIds).forEach(this::tell);
            }
        } catch (DataAccessException away) {
            log.warn("cannot look for decisions just now: {}", away.getMessage());
        } finally {
            watching.set(false);
            if (!waiters.isEmpty()) {
                watchSoon();
            }
        }
    }

    private void tell(Checkout decided) {
        waiters.stream()
                .filter(waiter -> waiter.orderId().equals(decided.orderId()))
                .forEach(waiter -> waiter.decided().complete(decided));
    }
}
