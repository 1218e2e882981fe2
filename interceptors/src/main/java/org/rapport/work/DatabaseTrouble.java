package org.rapport.work;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells a database that is away or overloaded from a failure that would come again.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL 18, error codes</a>
 */
public final class DatabaseTrouble {

    /** Connection, transaction rollback, resources, locks, system. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "58");

    /** An operator ends the server; a transaction was ended for doing nothing. */
    private static final Set<String> SESSIONS = Set.of("57P", "25P");

    /** A statement was cancelled because it takes too long: the database may be slow, or it will be so again. */
    private static final String CANCELLED = "57014";

    private static final int DEEPEST = 20;

    private DatabaseTrouble() {}

    /** Whether the database is behind a failure, however deep. */
    public static boolean isBehind(Throwable failure) {
        return causes(failure).anyMatch(DatabaseTrouble::passes);
    }

    /** Whether a statement took too long, however deep: nobody can tell whose fault it is. */
    public static boolean isTooSlow(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof SQLException sql && CANCELLED.equals(sql.getSQLState()));
    }

    private static Stream<@Nullable Throwable> causes(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, cause -> cause != null, cause -> cause.getCause())
                .limit(DEEPEST);
    }

    /**
     * The kinds of a failure that would come again.
     *
     * @throws RuntimeException the failure itself, when the database is behind it: then nothing is to be given up
     */
    public static String unlessBehind(RuntimeException failure) {
        if (isBehind(failure)) {
            throw failure;
        }
        return Causes.of(failure);
    }

    private static boolean passes(@Nullable Throwable cause) {
        if (!(cause instanceof SQLException sql)) {
            return false;
        }
        var state = sql.getSQLState();
        return sql instanceof SQLTransientException
                || state == null
                || (state.length() >= 3
                        && (CLASSES.contains(state.substring(0, 2)) || SESSIONS.contains(state.substring(0, 3))));
    }
}
