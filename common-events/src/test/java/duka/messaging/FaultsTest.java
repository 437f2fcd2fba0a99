package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;

class FaultsTest {

    static Stream<Throwable> passing() {
        return Stream.of(
                new CannotCreateTransactionException("no connection"),
                new CannotAcquireLockException("deadlock"),
                new OptimisticLockingFailureException("somebody was faster"),
                new DataAccessResourceFailureException("gone"),
                sql("08006"),
                sql("40001"),
                sql("53300"),
                sql("55P03"),
                sql("57P01"),
                sql("58030"),
                sql("25006"),
                sql("0A000"),
                sql(null),
                new jakarta.persistence.OptimisticLockException(),
                new NotLeaderOrFollowerException("moved"),
                new SocketTimeoutException(),
                new IOException(),
                new TimeoutException(),
                new InterruptedException(),
                new OutOfMemoryError(),
                new NoClassDefFoundError(),
                rollbackThatHides(sql("57P01")));
    }

    static Stream<Throwable> permanent() {
        return Stream.of(
                new Impossible("anything", "AT_ALL"),
                new IllegalArgumentException(),
                new NullPointerException(),
                new DuplicateKeyException("twice", sql("23505")),
                sql("22001"),
                sql("42P01"),
                new UnexpectedRollbackException("swallowed"),
                new StackOverflowError(),
                new AssertionError(),
                rollbackThatHides(new Impossible("anything", "AT_ALL")));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_will_pass_is_tried_again(Throwable fault) {
        assertThat(Faults.isPassing(fault)).isTrue();
        assertThat(Faults.isPassing(new IllegalStateException(new RuntimeException(fault))))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("permanent")
    void what_will_not_is_parked(Throwable fault) {
        assertThat(Faults.isPassing(fault)).isFalse();
        assertThat(Faults.isPassing(new IllegalStateException(new RuntimeException(fault))))
                .isFalse();
    }

    @Test
    void causes_that_go_round_in_a_circle_come_to_an_end() {
        var first = new RuntimeException("first");
        var second = new RuntimeException("second", first);
        first.initCause(second);

        assertThat(Faults.isPassing(first)).isFalse();
        assertThat(Faults.reason(first)).isEqualTo("RuntimeException: second");
    }

    private static Throwable sql(String state) {
        return new UncategorizedSQLException("task", "sql", new SQLException("refused", state));
    }

    private static Throwable rollbackThatHides(Throwable fault) {
        var rollback = new TransactionSystemException("rollback failed");
        rollback.initApplicationException(fault);
        return rollback;
    }
}
