package duka.load;

import io.gatling.javaapi.core.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** When each customer came, how long it took and how it ended. */
final class Outcomes {

    static final String STATUS = "status";
    static final String PROBLEM = "problem";

    private static final String CAME = "came";
    private static final String HEADER = "came_ms,took_ms,end";

    private record Outcome(Duration came, Duration took, String end) {

        String line() {
            return "%d,%d,%s".formatted(came.toMillis(), took.toMillis(), end);
        }
    }

    private final ConcurrentLinkedQueue<Outcome> all = new ConcurrentLinkedQueue<>();
    private volatile long firstCame = Long.MIN_VALUE;

    Session begin(Session session) {
        long now = System.nanoTime();
        if (firstCame == Long.MIN_VALUE) {
            firstCame = now;
        }
        return session.set(CAME, now).set(STATUS, "").set("key", UUID.randomUUID().toString());
    }

    Session end(Session session) {
        long came = session.getLong(CAME);
        all.add(
                new Outcome(
                        Duration.ofNanos(came - firstCame),
                        Duration.ofNanos(System.nanoTime() - came),
                        endOf(session)));
        return session;
    }

    /** What it was told last: a problem's name, or what the order has become. */
    private static String endOf(Session session) {
        if (session.isFailed()) {
            return "failed";
        }
        var problem = session.getString(PROBLEM);
        return problem == null || problem.isEmpty() ? session.getString(STATUS) : problem;
    }

    void write(Path file) {
        try {
            Files.write(
                    file,
                    (Iterable<String>)
                            Stream.concat(
                                            Stream.of(HEADER),
                                            List.copyOf(all).stream().map(Outcome::line))
                                    ::iterator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
