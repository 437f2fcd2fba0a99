package duka.cart;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.OptimisticLockingFailureException;

/** What is done to those who come second: they read and decide again, a few times. */
final class StartingOver {

    /** More than those who in earnest change the same cart at the same time. */
    static final int MOST = 16;

    /**
     * @param attempt nothing if what it has read was no longer so when it came to write
     * @throws OptimisticLockingFailureException if somebody else was quicker each time
     */
    static <T> T until(Supplier<Optional<T>> attempt) {
        return Stream.generate(attempt)
                .limit(MOST)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(
                        () ->
                                new OptimisticLockingFailureException(
                                        "somebody else was quicker %d times".formatted(MOST)));
    }

    private StartingOver() {}
}
