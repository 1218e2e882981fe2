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

    /** Connection, transaction rollback, resources, locks and operator, system. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    private static final int DEEPEST = 20;

    private DatabaseTrouble() {}

    /** Whether the database is behind a failure, however deep. */
    public static boolean isBehind(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, cause -> cause != null, cause -> cause.getCause())
                .limit(DEEPEST)
                .anyMatch(DatabaseTrouble::passes);
    }

    private static boolean passes(@Nullable Throwable cause) {
        if (!(cause instanceof SQLException sql)) {
            return false;
        }
        var state = sql.getSQLState();
        return sql instanceof SQLTransientException
                || state == null
                || (state.length() >= 2 && CLASSES.contains(state.substring(0, 2)));
    }
}
