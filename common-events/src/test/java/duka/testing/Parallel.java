package duka.testing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Several things at the same time, each in a thread of its own: the common pool has one thread on
 * two processors, and none at all once its tasks have waited for a minute.
 */
public final class Parallel {

    private static final Executor THREADS = Thread::startVirtualThread;

    /** The answers to several requests that are made at the same time. */
    public static <T> List<T> times(int times, Supplier<T> request) {
        return all(IntStream.range(0, times).mapToObj(_ -> request).toList());
    }

    /** The answers to these requests, made at the same time. */
    public static <T> List<T> all(List<Supplier<T>> requests) {
        var running = requests.stream().map(Parallel::start).toList();
        return running.stream().map(CompletableFuture::join).toList();
    }

    /** Goes on while the request is under way. */
    public static <T> CompletableFuture<T> start(Supplier<T> request) {
        return CompletableFuture.supplyAsync(request, THREADS);
    }

    /** Several that do the same at the same time, and go on while the caller does. */
    public static CompletableFuture<Void> begin(int times, Runnable work) {
        var running =
                IntStream.range(0, times)
                        .mapToObj(_ -> CompletableFuture.runAsync(work, THREADS))
                        .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(running);
    }

    private Parallel() {}
}
