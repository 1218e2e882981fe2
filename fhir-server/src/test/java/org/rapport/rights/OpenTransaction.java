package org.rapport.rights;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.rapport.harness.OutsideDatabase;

/** A transaction that writes nothing and stays open: what waits for all earlier ones waits for this. */
final class OpenTransaction {

    private OpenTransaction() {}

    /** Does something while it is open. */
    static <T> T during(OutsideDatabase database, Supplier<T> what) {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            var result = what.get();
            connection.rollback();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
