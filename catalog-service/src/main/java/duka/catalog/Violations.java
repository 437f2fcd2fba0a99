package duka.catalog;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataIntegrityViolationException;

/** Which of its promises the database did not let us break. */
final class Violations {

    /** The constraint's name. */
    static String constraint(DataIntegrityViolationException violation) {
        var name =
                NestedExceptionUtils.getMostSpecificCause(violation) instanceof PSQLException cause
                        ? nameIn(cause)
                        : null;
        return name == null ? "" : name;
    }

    private static @Nullable String nameIn(PSQLException cause) {
        var message = cause.getServerErrorMessage();
        return message == null ? null : message.getConstraint();
    }

    private Violations() {}
}
