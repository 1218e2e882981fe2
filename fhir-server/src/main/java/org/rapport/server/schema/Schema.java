package org.rapport.server.schema;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.rapport.changes.RestoredLog;
import org.rapport.server.StartFailure;
import org.rapport.server.startup.StartLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Brings the schema up to date: our migrations first, HAPI's after them, one process at a time.
 *
 * <p>A change log that comes from another cluster is made to go on here. What the schema looks like afterwards is recorded object by object; the next start compares before it touches
 * anything and refuses when somebody changed the schema by another way than a migration.
 */
public final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final long LOCK = 0x52_61_70_70_6f_72_74L;

    private Schema() {}

    /**
     * Compares, migrates and records.
     *
     * @throws StartFailure if the schema has drifted from its record or a migration fails
     */
    public static void bringUpToDate(String url, String user, String password) {
        try {
            new StartLock(() -> DriverManager.getConnection(url, user, password), LOCK, "changes the schema")
                    .exclusively(() -> compareAndMigrate(url, user, password));
        } catch (SQLException e) {
            throw new StartFailure(
                    "The database refused a schema change (SQL state " + e.getSQLState()
                            + "); the role of rapport.database.user must own its database.",
                    e);
        }
    }

    private static void compareAndMigrate(String url, String user, String password) throws SQLException {
        try (var dataSource = new SingleConnectionDataSource(url, user, password, true)) {
            migrate(dataSource, new SchemaRecord(dataSource.getConnection()));
            RestoredLog.goOn(dataSource);
        }
    }

    private static void migrate(SingleConnectionDataSource dataSource, SchemaRecord listing) throws SQLException {
        listing.refuseDrift();
        var ours = new OurMigrations(dataSource);
        var hapis = new HapiMigrations(dataSource);
        if (!ours.pending() && !hapis.pending()) {
            return;
        }
        LOG.info("Bringing the database schema up to date");
        listing.open();
        ours.run();
        hapis.run();
        listing.write();
    }
}
