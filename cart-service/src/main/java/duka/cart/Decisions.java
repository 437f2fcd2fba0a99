package duka.cart;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Waits until it is decided what becomes of an order. Any replica may have heard the decision, so
 * the database is watched: for all who wait in one query, and only while somebody does.
 */
@Component
public class Decisions {

    private record Waiter(UUID orderId, CompletableFuture<Checkout> decided) {}

    private static final Logger log = LoggerFactory.getLogger(Decisions.class);

    private final Checkouts checkouts;
    private final Duration watch;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final ScheduledExecutorService watcher =
            new ScheduledThreadPoolExecutor(
                    1,
                    Thread.ofPlatform().daemon().name("decisions").factory(),
                    new DiscardPolicy());

    Decisions(Checkouts checkouts, CartProperties properties) {
        this.checkouts = checkouts;
        this.watch = properties.watch();
    }

    /**
     * @return nothing if it is still undecided after that time
     */
    public Optional<Checkout> await(UUID orderId, Duration atMost) {
        if (watcher.isShutdown()) {
            return Optional.empty();
        }
        var waiter = new Waiter(orderId, new CompletableFuture<>());
        waiters.add(waiter);
        watchSoon();
        try {
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

    /** Who still waits is told at once that it is undecided, so as not to hold up the shutdown. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        watcher.shutdown();
        waiters.forEach(
                waiter ->
                        waiter.decided()
                                .completeExceptionally(new IllegalStateException("closing")));
    }

    private void watchSoon() {
        if (watching.compareAndSet(false, true)) {
            watcher.schedule(this::look, watch.toMillis(), TimeUnit.MILLISECONDS);
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
