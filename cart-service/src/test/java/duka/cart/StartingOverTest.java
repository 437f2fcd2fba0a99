package duka.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;

class StartingOverTest {

    final AtomicInteger attempts = new AtomicInteger();

    @Test
    void ends_with_the_first_attempt_that_is_not_too_late() {
        assertThat(
                        StartingOver.until(
                                () -> Optional.of(attempts.incrementAndGet()).filter(i -> i == 3)))
                .isEqualTo(3);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void ends_after_a_few_attempts_that_all_were() {
        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(
                        () ->
                                StartingOver.until(
                                        () -> {
                                            attempts.incrementAndGet();
                                            return Optional.empty();
                                        }));
        assertThat(attempts).hasValue(StartingOver.MOST);
    }
}
