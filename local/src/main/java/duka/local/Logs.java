package duka.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Reads what the parts have logged, and what they go on logging. */
final class Logs {

    private static final int TAIL_BYTES = 256 * 1024;

    private Logs() {}

    /** The last lines of a log. */
    static List<String> tail(Path log, int lines) {
        if (!Files.exists(log)) {
            return List.of();
        }
        List<String> all = from(log, Math.max(0, size(log) - TAIL_BYTES)).lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    /** Prints what comes from now on, each line behind the name of its log, until told to stop. */
    static void follow(Map<String, Path> logs, PrintStream out, BooleanSupplier goOn) {
        var seen = new LinkedHashMap<Path, Long>();
        logs.values().forEach(log -> seen.put(log, size(log)));
        while (goOn.getAsBoolean()) {
            logs.forEach((name, log) -> seen.put(log, printNew(name, log, seen.get(log), out)));
            Processes.pause(Duration.ofMillis(200));
        }
    }

    private static long printNew(String name, Path log, long seen, PrintStream out) {
        long size = size(log);
        if (size == seen) {
            return seen;
        }
        String more = from(log, size < seen ? 0 : seen);
        int end = more.lastIndexOf('\n') + 1;
        more.substring(0, end).lines().forEach(line -> out.println(prefix(name) + line));
        return (size < seen ? 0 : seen)
                + more.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }

    static String prefix(String name) {
        return name.isEmpty() ? "" : "%-18s| ".formatted(name);
    }

    private static String from(Path log, long position) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(position);
            byte[] bytes = new byte[Math.toIntExact(Math.max(0, file.length() - position))];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
