package duka.cart;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Several requests at the same time. */
final class Parallel {

    private static final Executor THREADS = work -> Thread.ofVirtual().start(work);

    static <T> List<T> times(int times, Supplier<T> request) {
        return all(IntStream.range(0, times).mapToObj(_ -> request).toList());
    }

    static <T> List<T> all(List<Supplier<T>> requests) {
        var running = requests.stream().map(Parallel::start).toList();
        return running.stream().map(CompletableFuture::join).toList();
    }

    static <T> CompletableFuture<T> start(Supplier<T> request) {
        return CompletableFuture.supplyAsync(request, THREADS);
    }

    private Parallel() {}
}
