package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a process across commands, with its time of birth: a process that was given the same
 * number later is not ours and is left alone.
 */
record PidFile(Path path) {

    /** The system works a time of birth out from the time since boot, which drifts a little. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    void remember(ProcessHandle process) {
        long born = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        try {
            Files.writeString(path, process.pid() + " " + born);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<ProcessHandle> live() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            String[] words = Files.readString(path).strip().split(" ");
            if (words.length != 2) {
                return Optional.empty();
            }
            Instant born = Instant.ofEpochMilli(Long.parseLong(words[1]));
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(Processes::isAlive)
                    .filter(process -> wasBorn(process, born));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean wasBorn(ProcessHandle process, Instant born) {
        return process.info()
                .startInstant()
                .map(at -> Duration.between(at, born).abs().compareTo(TOLERANCE) < 0)
                .orElse(false);
    }

    void forget() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
