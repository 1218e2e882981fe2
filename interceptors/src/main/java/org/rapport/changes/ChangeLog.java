package org.rapport.changes;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes what a transaction changes into the log, in that transaction: one batch, whatever its size. */
public final class ChangeLog {

    private static final String INSERT =
            "insert into change_log (resource_type, resource_id, version, kind) values (?, ?, ?, ?)";

    private final JdbcTemplate database;

    /**
     * @param database joins the transaction that runs
     */
    public ChangeLog(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * Appends these, in this order.
     *
     * @throws IllegalStateException outside of a transaction: the rows must come and go with what they tell of
     */
    public void append(List<Change> changes) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A change is logged in the transaction that makes it; none is running.");
        }
        database.batchUpdate(INSERT, changes, changes.size(), (row, change) -> {
            row.setString(1, change.type());
            row.setString(2, change.id());
            row.setLong(3, change.version());
            row.setString(4, change.kind().letter());
        });
    }
}
