package org.rapport.delivery;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rapport.work.Causes;

/** Tells a database that is away or overloaded from a failure that would come again. */
final class Outage {

    /** Connection, transaction rollback, resources, locks, system. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "58");

    private static final String OPERATOR = "57P";
    private static final int DEEPEST = 20;

    private Outage() {}

    /**
     * The kinds of a failure that would come again.
     *
     * @throws RuntimeException the failure itself, when the database is behind it: then nothing is to be left out
     */
    static String unless(RuntimeException failure) {
        if (Stream.<Throwable>iterate(failure, Outage::present, Outage::next)
                .limit(DEEPEST)
                .anyMatch(Outage::passes)) {
            throw failure;
        }
        return Causes.of(failure);
    }

    private static boolean passes(Throwable cause) {
        if (!(cause instanceof SQLException sql)) {
            return false;
        }
        var state = sql.getSQLState();
        return sql instanceof SQLTransientException
                || state == null
                || state.startsWith(OPERATOR)
                || (state.length() >= 2 && CLASSES.contains(state.substring(0, 2)));
    }

    private static boolean present(@Nullable Throwable failure) {
        return failure != null;
    }

    private static @Nullable Throwable next(@Nullable Throwable failure) {
        return failure == null ? null : failure.getCause();
    }
}
