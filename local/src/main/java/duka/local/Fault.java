package duka.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What befalls one part of a shop.
 *
 * @param at how long after the beginning
 * @param lasting how long the part is away or frozen
 */
record Fault(Duration at, Kind kind, Part part, Duration lasting) {

    enum Kind {
        /** {@code kill -9}, and started again. */
        KILL,
        /** Stopped in good order, and started again. */
        RESTART,
        /** Frozen: its connections stay, and nobody answers. */
        PAUSE;

        String title() {
            return name().toLowerCase();
        }
    }

    /** The longest is longer than any lease, session or patience between the parts. */
    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(25));

    private static final int LONGEST_AWAY_MILLIS = 4000;

    /**
     * Each part has its turn before any has its next. The same seed gives the same faults; more
     * time adds some at the end.
     *
     * @param every the time from one to the next, give or take half of it
     */
    static List<Fault> plan(long seed, Duration time, Duration every) {
        var random = new Random(seed);
        var faults = new ArrayList<Fault>();
        var turns = new ArrayDeque<Part>();
        Duration at = gap(every, random);
        while (at.compareTo(time) < 0) {
            if (turns.isEmpty()) {
                var parts = new ArrayList<>(Arrays.asList(Part.values()));
                Collections.shuffle(parts, random);
                turns.addAll(parts);
            }
            Kind kind = kind(random);
            faults.add(new Fault(at, kind, turns.remove(), lasting(kind, random)));
            at = at.plus(gap(every, random));
        }
        return List.copyOf(faults);
    }

    private static Kind kind(Random random) {
        int drawn = random.nextInt(10);
        return drawn < 6 ? Kind.KILL : drawn < 9 ? Kind.PAUSE : Kind.RESTART;
    }

    private static Duration lasting(Kind kind, Random random) {
        return kind == Kind.PAUSE
                ? PAUSES.get(random.nextInt(PAUSES.size()))
                : Duration.ofMillis(random.nextInt(LONGEST_AWAY_MILLIS));
    }

    private static Duration gap(Duration every, Random random) {
        long half = every.toMillis() / 2;
        return Duration.ofMillis(random.nextLong(half, 3 * half));
    }

    @Override
    public String toString() {
        return "%s %s for %.1f s"
                .formatted(kind.title(), part.title(), lasting.toMillis() / 1000.0);
    }
}
