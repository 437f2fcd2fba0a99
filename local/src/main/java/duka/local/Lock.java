package duka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets only one command at a time change what runs; the system frees it when its holder dies. */
record Lock(FileChannel channel, FileLock held) implements AutoCloseable {

    static Lock take(Place place, String command) {
        return take(place, "lock", command);
    }

    /**
     * @param name of the file that stands for what must not be done twice at once
     */
    static Lock take(Place place, String name, String command) {
        Path file = place.home().resolve(name);
        Path holder = place.home().resolve(name + ".holder");
        try {
            Files.createDirectories(place.home());
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.tryLock();
            if (held == null) {
                channel.close();
                String by = Files.exists(holder) ? Files.readString(holder) : "";
                throw new Trouble(
                        "Not now: %s is at work.".formatted(by.isBlank() ? "another command" : by));
            }
            sign(holder, command);
            return new Lock(channel, held);
        } catch (IOException e) {
            throw new Trouble("Cannot write to %s: %s".formatted(place.home(), e.getMessage()), e);
        }
    }

    private static void sign(Path holder, String command) {
        try {
            Files.writeString(
                    holder,
                    "./duka %s (process %d)".formatted(command, ProcessHandle.current().pid()),
                    StandardCharsets.UTF_8);
        } catch (IOException heldAllTheSame) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            held.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
