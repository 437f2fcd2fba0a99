package duka.order;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Tells followers of an order what happens to it, whichever replica it happens in, and those who
 * wait for a cart's order that it is there: one thread looks into the timelines of all orders that
 * are followed here, with one query.
 */
@Service
public class Following implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Following.class);

    /** What a follower learns next. */
    public sealed interface News {

        record Told(List<TimelineEntry> entries) implements News {}

        /** Nothing for the moment. */
        record Quiet() implements News {}

        /** There is nothing more to come, at least not from here. */
        record Over() implements News {}

        /** The order did not come, or is somebody else's. */
        record Nobody() implements News {}
    }

    private final Orders orders;
    private final FollowingProperties properties;
    private final Clock clock;
    private final Map<OrderId, Set<Life>> followed = new ConcurrentHashMap<>();
    private final Set<Life> open = ConcurrentHashMap.newKeySet();
    private final Map<CustomerId, Set<Life>> openEach = new ConcurrentHashMap<>();
    private final Map<NextOrder, Set<CompletableFuture<Void>>> expected = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private volatile @Nullable Thread poller;

    Following(Orders orders, FollowingProperties properties, Clock clock) {
        this.orders = orders;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Begins with everything after this position of the order's timeline.
     *
     * @throws NoSuchOrder unless the order may still come
     * @throws TooManyStreams until another life is closed
     */
    public Life follow(OrderId id, Viewer viewer, int after) {
        var order = orders.find(id).filter(viewer::maySee);
        if (order.isEmpty() && !id.mayStillCome(clock.instant())) {
            throw new NoSuchOrder(id);
        }
        var life = new Life(id, viewer, after, order.isPresent());
        admit(life);
        if (order.isPresent() && order.get().isOver() && after >= order.get().steps()) {
            life.news.add(new News.Over());
            return life;
        }
        followed.compute(id, (_, others) -> with(life, others));
        wake.release();
        if (poller == null) {
            life.news.add(new News.Over()); // registered too late for stop() to tell
        }
        return life;
    }

    private void admit(Life life) {
        if (open.size() >= properties.most()) {
            throw new TooManyStreams();
        }
        openEach.compute(
                life.viewer.customer(),
                (_, own) -> {
                    if (own != null && own.size() >= properties.mostEach()) {
                        throw new TooManyStreams();
                    }
                    return with(life, own);
                });
        open.add(life);
    }

    /** Whether it has come, or comes before the patience for it ends. */
    public boolean arrives(NextOrder next) throws InterruptedException {
        var arrival = new CompletableFuture<Void>();
        expected.compute(next, (_, others) -> with(arrival, others));
        wake.release();
        try {
            arrival.get(properties.arrival().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            expected.computeIfPresent(next, (_, others) -> without(arrival, others));
        }
    }

    private void poll() {
        if (!expected.isEmpty()) {
            for (var next : orders.findMade(Set.copyOf(expected.keySet()))) {
                expected.getOrDefault(next, Set.of()).forEach(arrival -> arrival.complete(null));
            }
        }
        tell();
    }

    private void tell() {
        var positions = new HashMap<OrderId, Integer>();
        followed.forEach(
                (id, lives) ->
                        lives.stream()
                                .mapToInt(life -> life.position)
                                .min()
                                .ifPresent(least -> positions.put(id, least)));
        if (positions.isEmpty()) {
            return;
        }
        var news = orders.newsSince(positions);
        if (news.isEmpty()) {
            return;
        }
        // Read after the news: an order that is over by now may have more of them.
        for (var order : orders.findAll(news.keySet())) {
            var entries = news.get(order.id());
            var over = order.isOver() && entries.getLast().position() == order.steps();
            followed.getOrDefault(order.id(), Set.of())
                    .forEach(life -> life.hear(order, entries, over));
        }
    }

    private static <T> Set<T> with(T one, @Nullable Set<T> others) {
        Set<T> all = others == null ? ConcurrentHashMap.newKeySet() : others;
        all.add(one);
        return all;
    }

    private static <T> @Nullable Set<T> without(T one, Set<T> others) {
        others.remove(one);
        return others.isEmpty() ? null : others;
    }

    private void run() {
        while (poller == Thread.currentThread()) {
            try {
                wake.tryAcquire(properties.poll().toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
                poll();
            } catch (RuntimeException | Error e) {
                // The database is away, or worse: followers wait, and are told once it is over.
                log.warn("Followers hear nothing for the moment", e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void start() {
        poller = Thread.ofPlatform().daemon().name("following").unstarted(this::run);
        poller.start();
    }

    /** Before the web server, which waits for its streams to end. */
    @Override
    public void stop() {
        var running = poller;
        poller = null;
        if (running != null) {
            running.interrupt();
        }
        followed.values().forEach(lives -> lives.forEach(life -> life.news.add(new News.Over())));
    }

    @Override
    public boolean isRunning() {
        return poller != null;
    }

    /** Requests come until callers have noticed the departure: not before that is over. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    /** One follower's view of one order. */
    public final class Life implements AutoCloseable {

        private final OrderId id;
        private final Viewer viewer;
        private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
        private volatile int position;
        private volatile boolean begun;

        private Life(OrderId id, Viewer viewer, int position, boolean begun) {
            this.id = id;
            this.viewer = viewer;
            this.position = position;
            this.begun = begun;
        }

        /** Waits this long for news. */
        public News next(Duration patience) throws InterruptedException {
            var next = news.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
            return begun || id.mayStillCome(clock.instant()) ? new News.Quiet() : new News.Nobody();
        }

        private void hear(Order order, List<TimelineEntry> entries, boolean over) {
            if (!viewer.maySee(order)) {
                news.add(new News.Nobody());
                close();
                return;
            }
            begun = true;
            var fresh = entries.stream().filter(entry -> entry.position() > position).toList();
            if (!fresh.isEmpty()) {
                position = fresh.getLast().position();
                news.add(new News.Told(fresh));
            }
            if (over) {
                news.add(new News.Over());
                close();
            }
        }

        @Override
        public void close() {
            followed.computeIfPresent(id, (_, others) -> without(this, others));
            openEach.computeIfPresent(viewer.customer(), (_, own) -> without(this, own));
            open.remove(this);
        }
    }
}
