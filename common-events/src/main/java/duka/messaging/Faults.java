package duka.messaging;

import duka.sql.States;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

/** Tells what will pass from what will never work. */
final class Faults {

    /** Not every service has JPA. */
    private static final Set<String> PASSING_NAMES =
            Set.of(
                    "jakarta.persistence.LockTimeoutException",
                    "jakarta.persistence.OptimisticLockException",
                    "jakarta.persistence.PessimisticLockException",
                    "jakarta.persistence.QueryTimeoutException");

    private Faults() {}

    /** Whether the same may work later, without anybody changing anything. */
    static boolean isPassing(Throwable fault) {
        return chain(fault).anyMatch(Faults::isPassingItself);
    }

    /** Whether the database had a part in it, and may not have it later. */
    static boolean isOfAnAbsentDatabase(Throwable fault) {
        return chain(fault).anyMatch(link -> link instanceof SQLException && isPassingItself(link));
    }

    /** The root of a fault, in a line, for a person. */
    static String reason(Throwable fault) {
        var root = chain(fault).reduce((_, deeper) -> deeper).orElse(fault);
        var message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : root.getClass().getSimpleName() + ": " + message;
    }

    private static boolean isPassingItself(Throwable fault) {
        return switch (fault) {
            case SQLException e -> States.isPassing(e);
            case TransientDataAccessException _,
                    RecoverableDataAccessException _,
                    DataAccessResourceFailureException _ ->
                    true;
            case CannotCreateTransactionException _, TransactionTimedOutException _ -> true;
            case RetriableException _ -> true;
            case IOException _, TimeoutException _, InterruptedException _ -> true;
            case StackOverflowError _ -> false; // the record's own depth, it will be as deep again
            case VirtualMachineError _, LinkageError _ -> true;
            default -> PASSING_NAMES.contains(fault.getClass().getName());
        };
    }

    private static Stream<Throwable> chain(Throwable fault) {
        var seen = new HashSet<Throwable>();
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .takeWhile(seen::add)
                .mapMulti(
                        (link, sink) -> {
                            // A rollback that fails hides what had failed before it.
                            if (link instanceof TransactionSystemException rollback
                                    && rollback.getApplicationException() != null) {
                                chain(rollback.getApplicationException()).forEach(sink);
                            }
                            sink.accept(link);
                        });
    }
}
