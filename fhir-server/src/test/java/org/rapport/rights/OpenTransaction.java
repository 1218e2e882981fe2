package org.rapport.rights;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.rapport.harness.OutsideDatabase;

/** A transaction that writes nothing and stays open: what waits for all earlier ones, or for what it locks, waits for this. */
final class OpenTransaction {

    private OpenTransaction() {}

    /** Does something while it is open. */
    static <T> T during(OutsideDatabase database, Supplier<T> what) {
        return during(database, "select pg_current_xact_id()", what);
    }

    /** Does something while nobody can read these tables. */
    static <T> T locking(OutsideDatabase database, List<String> tables, Supplier<T> what) {
        return during(database, "lock table " + String.join(", ", tables) + " in access exclusive mode", what);
    }

    private static <T> T during(OutsideDatabase database, String begin, Supplier<T> what) {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(begin);
            var result = what.get();
            connection.rollback();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
