package org.rapport.work;

import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of a failure by its kinds alone: a message may quote what belongs to a patient. */
public final class Causes {

    private static final int DEEPEST = 6;

    private Causes() {}

    /** The classes of a failure and its causes, outermost first, with PostgreSQL's code where there is one. */
    public static String of(Throwable failure) {
        return Stream.iterate(failure, Causes::present, Causes::next)
                .limit(DEEPEST)
                .map(Causes::kind)
                .collect(Collectors.joining(" < "));
    }

    private static boolean present(@Nullable Throwable failure) {
        return failure != null;
    }

    private static @Nullable Throwable next(@Nullable Throwable failure) {
        return failure == null ? null : failure.getCause();
    }

    private static String kind(Throwable failure) {
        var name = failure.getClass().getSimpleName();
        return failure instanceof SQLException sql ? name + " " + sql.getSQLState() : name;
    }
}
