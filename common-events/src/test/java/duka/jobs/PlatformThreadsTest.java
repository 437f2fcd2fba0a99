package duka.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlatformThreadsTest {

    private final PlatformThreads threads = new PlatformThreads("hard-work", 2, 8);

    @Test
    void whoever_asks_waits_for_the_result_of_a_thread_of_the_operating_system() throws Exception {
        try (var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Thread> ask = () -> threads.run(Thread::currentThread);

            var worker = virtual.submit(ask).get();

            assertThat(worker.isVirtual()).isFalse();
            assertThat(worker.getName()).isEqualTo("hard-work");
        }
    }

    @Test
    void so_many_work_at_once() throws Exception {
        var both = new CountDownLatch(2);
        Callable<Long> ask =
                () ->
                        threads.run(
                                () -> {
                                    both.countDown();
                                    both.await();
                                    return both.getCount();
                                });
        try (var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = virtual.submit(ask);
            var other = virtual.submit(ask);

            assertThat(one.get()).isZero();
            assertThat(other.get()).isZero();
        }
    }

    @Test
    void more_than_may_wait_are_sent_away_at_once() throws Exception {
        var few = new PlatformThreads("hard-work", 1, 2);
        var sentAway = new CountDownLatch(5);
        var goOn = new CountDownLatch(1);
        Callable<Boolean> ask =
                () -> {
                    try {
                        return few.run(
                                () -> {
                                    goOn.await();
                                    return true;
                                });
                    } catch (TooMuchWork e) {
                        sentAway.countDown();
                        return false;
                    }
                };
        List<Future<Boolean>> asked;
        try (var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            asked = IntStream.range(0, 8).mapToObj(_ -> virtual.submit(ask)).toList();
            sentAway.await(10, TimeUnit.SECONDS);
            goOn.countDown();
        }

        assertThat(asked).filteredOn(Future::resultNow).hasSize(3);
        assertThat(few.<Boolean, RuntimeException>run(() -> true)).isTrue();
    }

    @Test
    void what_goes_wrong_is_told_as_it_is() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () ->
                                threads.run(
                                        () -> {
                                            throw new IOException("broken");
                                        }))
                .withMessage("broken");
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                threads.run(
                                        () -> {
                                            throw new IllegalStateException("wrong");
                                        }))
                .withMessage("wrong");
    }
}
