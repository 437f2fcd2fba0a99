package duka.sql;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What SQL states say, since drivers, pools, Spring and JPA each have their own exceptions. */
public final class States {

    /** Connection, transaction rollback, resources, operator intervention, system. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

    private static final String ROLLBACK = "40";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";

    /** A database that was just demoted, before clients have found the new primary. */
    private static final String READ_ONLY = "25006";

    /**
     * "Cached plan must not change result type": the next version's migration has added a column to
     * what this one has prepared. The driver prepares it anew.
     */
    private static final String PLAN_OUTDATED = "0A000";

    /** Whether the same may work later, without anybody changing anything. */
    public static boolean isPassing(SQLException fault) {
        var state = fault.getSQLState();
        return fault instanceof SQLTransientException
                || fault instanceof SQLRecoverableException
                // No state at all: not the server refused something, the pool or the driver did.
                || state == null
                || state.length() < 2
                || PASSING_CLASSES.contains(state.substring(0, 2))
                || state.equals(READ_ONLY)
                || state.equals(PLAN_OUTDATED)
                || isOfOthers(fault);
    }

    /** Whether the database is there, and others were in the way. */
    public static boolean isOfOthers(SQLException fault) {
        var state = fault.getSQLState();
        return state != null
                && (state.startsWith(ROLLBACK)
                        || state.equals(LOCK_NOT_AVAILABLE)
                        || state.equals(QUERY_CANCELED));
    }

    private States() {}
}
