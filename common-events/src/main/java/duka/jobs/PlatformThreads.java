package duka.jobs;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A few threads of the operating system's for work that keeps a processor busy. A virtual thread
 * would not let go of its carrier before it is done, and there are as few carriers as processors:
 * whoever only waits for an answer would wait for that work as well.
 */
public final class PlatformThreads {

    /** Something that takes a processor and that may fail in its own way. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T result() throws E;
    }

    private final ExecutorService threads;

    /**
     * @param name of each of them, for thread dumps
     * @param most so many work at once; others wait in the order in which they come
     */
    public PlatformThreads(String name, int most) {
        threads =
                Executors.newFixedThreadPool(
                        most, Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Lets one of them do it, and waits for the result. */
    public <T, E extends Exception> T run(Work<T, E> work) throws E {
        var done = threads.submit((Callable<T>) work::result);
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw PlatformThreads.<E>asDeclared(e.getCause());
        } catch (InterruptedException e) {
            done.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for other work");
        }
    }

    /** It is one that the work declares, or none that has to be declared. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E asDeclared(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
