package duka.jobs;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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

    private final String name;
    private final ExecutorService threads;

    /**
     * @param name of each of them, for thread dumps
     * @param most so many work at once
     * @param waiting so many others may wait, in the order in which they come: no more than are
     *     done before those who asked have given up
     */
    public PlatformThreads(String name, int most, int waiting) {
        this.name = name;
        this.threads =
                new ThreadPoolExecutor(
                        most,
                        most,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(waiting),
                        Thread.ofPlatform().daemon().name(name).factory());
    }

    /**
     * Lets one of them do it, and waits for the result.
     *
     * @throws TooMuchWork at once, if as many wait as may
     */
    public <T, E extends Exception> T run(Work<T, E> work) throws E {
        var done = begin(work);
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

    private <T> Future<T> begin(Work<T, ?> work) {
        try {
            return threads.submit((Callable<T>) work::result);
        } catch (RejectedExecutionException e) {
            throw new TooMuchWork(name);
        }
    }

    /** It is one that the work declares, or none that has to be declared. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E asDeclared(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
