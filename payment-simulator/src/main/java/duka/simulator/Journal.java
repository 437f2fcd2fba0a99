package duka.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are only ever added, on disk. Whoever adds one waits until it is safe there; all who
 * wait at the same time share one write and one fsync.
 */
class Journal implements AutoCloseable {

    private final FileChannel file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();

    private List<byte[]> unwritten = new ArrayList<>();
    private long added;
    private long safe;
    private boolean writing;
    private @Nullable Throwable broken;

    private Journal(FileChannel file, long lines) {
        this.file = file;
        this.added = lines;
        this.safe = lines;
    }

    /** Opens the journal and reads all that is in it. A last line that was never finished goes. */
    static Journal open(Path path, Consumer<String> reader) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        var file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (file.tryLock() == null) {
                throw new IOException("another simulator writes to " + path);
            }
            file.truncate(endOfLastLine(file));
            var lines = new long[1];
            read(
                    path,
                    0,
                    Long.MAX_VALUE,
                    line -> {
                        reader.accept(line);
                        lines[0]++;
                    });
            file.position(file.size());
            return new Journal(file, lines[0]);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Not yet safe when it returns: see {@link #await}. */
    long add(String line) {
        lock.lock();
        try {
            unwritten.add((line + "\n").getBytes(StandardCharsets.UTF_8));
            return ++added;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the line with this number, and all before it, would survive a power cut. */
    void await(long number) {
        lock.lock();
        try {
            while (safe < number) {
                if (broken != null) {
                    throw new IllegalStateException("the journal is broken", broken);
                } else if (writing) {
                    written.awaitUninterruptibly();
                } else {
                    writeAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isHealthy() {
        lock.lock();
        try {
            return broken == null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void writeAll() {
        var batch = unwritten;
        var upTo = added;
        unwritten = new ArrayList<>();
        writing = true;
        lock.unlock();
        Throwable failure = null;
        try {
            var bytes = ByteBuffer.allocate(batch.stream().mapToInt(line -> line.length).sum());
            batch.forEach(bytes::put);
            bytes.flip();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        lock.lock();
        writing = false;
        if (failure == null) {
            safe = upTo;
        } else {
            broken = failure;
        }
        written.signalAll();
    }

    static void read(Path path, long skip, long limit, Consumer<String> reader) throws IOException {
        try (var lines = Files.lines(path, StandardCharsets.UTF_8)) {
            lines.skip(skip).limit(limit).forEach(reader);
        }
    }

    private static long endOfLastLine(FileChannel file) throws IOException {
        var one = ByteBuffer.allocate(1);
        for (var end = file.size(); end > 0; end--) {
            file.read(one.clear(), end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }
}
