package duka.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps every part of a shop running, as an orchestrator would: what has died is started again,
 * unless a {@link Fault} still holds it down.
 */
final class Keeper implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Shop shop;
    private final PrintStream out;
    private final Map<Part, Kept> parts = new EnumMap<>(Part.class);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger deaths = new AtomicInteger();
    private volatile boolean closed;

    Keeper(Shop shop, PrintStream out) {
        this.shop = shop;
        this.out = out;
        for (Part part : Part.values()) {
            var kept = new Kept(part);
            parts.put(part, kept);
            threads.submit(kept::lookAfter);
        }
    }

    /**
     * Returns when the fault is over; its part may still be starting.
     *
     * @return false if there was nobody whom it could befall
     */
    boolean inflict(Fault fault) {
        return parts.get(fault.part()).suffer(fault);
    }

    /** Whether every part serves. */
    boolean isWhole() {
        return parts.values().stream().allMatch(Kept::serves);
    }

    boolean awaitWhole(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!isWhole()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Processes.pause(LOOK);
        }
        return true;
    }

    List<String> missing() {
        return parts.values().stream()
                .filter(kept -> !kept.serves())
                .map(kept -> kept.part.title())
                .toList();
    }

    /** How often a part ended that nobody had killed. */
    int deaths() {
        return deaths.get();
    }

    /** From now on nobody starts anything again. */
    @Override
    public void close() {
        closed = true;
        threads.close();
    }

    private final class Kept {

        private final Part part;
        private final List<Fault> faults = new ArrayList<>();
        private boolean killed;
        private volatile boolean serves = true;

        Kept(Part part) {
            this.part = part;
        }

        boolean serves() {
            return serves;
        }

        void lookAfter() {
            while (!closed) {
                try {
                    look();
                } catch (RuntimeException e) {
                    out.println("Looking after %s: %s".formatted(part.title(), e));
                }
                Processes.pause(LOOK);
            }
        }

        private void look() {
            if (startIfDead() && !serves && shop.serves(part)) {
                markServing();
            }
        }

        /** False while a fault holds it. */
        private synchronized boolean startIfDead() {
            if (!faults.isEmpty()) {
                return false;
            }
            if (!shop.isAlive(part)) {
                serves = false;
                if (!killed) {
                    deaths.incrementAndGet();
                    out.println(
                            "%s died by itself:%n%s".formatted(part.title(), shop.lastWords(part)));
                }
                killed = false;
                shop.launch(part);
            }
            return true;
        }

        /** Unless a fault came while it was asked. */
        private synchronized void markServing() {
            serves = faults.isEmpty();
        }

        boolean suffer(Fault fault) {
            if (!begin(fault)) {
                return false;
            }
            try {
                switch (fault.kind()) {
                    case KILL -> shop.kill(part);
                    case RESTART -> shop.stop(part);
                    case PAUSE -> shop.pause(part);
                }
                Processes.pause(fault.lasting());
            } finally {
                end(fault);
            }
            return true;
        }

        private synchronized boolean begin(Fault fault) {
            if (!shop.isAlive(part)) {
                return false;
            }
            faults.add(fault);
            killed |= fault.kind() != Fault.Kind.PAUSE;
            serves = false;
            return true;
        }

        private synchronized void end(Fault fault) {
            faults.remove(fault);
            if (fault.kind() == Fault.Kind.PAUSE) {
                shop.resume(part);
            }
        }
    }
}
