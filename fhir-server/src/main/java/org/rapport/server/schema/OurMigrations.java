package org.rapport.server.schema;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.rapport.server.StartFailure;

/** The migrations of our own tables, collected from every module's {@code db/migration}. */
final class OurMigrations {

    private final Flyway flyway;

    OurMigrations(DataSource dataSource) {
        flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .table("rapport_migration")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .outOfOrder(true)
                .load();
    }

    /**
     * @throws StartFailure if an applied migration was changed afterwards or comes from a newer release
     */
    boolean pending() {
        var invalid = flyway.validateWithResult().invalidMigrations.stream()
                .filter(migration ->
                        !migration.errorDetails.errorCode.toString().contains("NOT_APPLIED"))
                .findFirst();
        invalid.ifPresent(migration -> {
            throw new StartFailure("The database holds migration " + migration.version + " (" + migration.description
                    + ") in another form than this release; start the release that made it, or restore a backup.");
        });
        return flyway.info().pending().length > 0;
    }

    void run() {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StartFailure(
                    "A schema migration failed and was rolled back; the log names it, nothing was changed.", e);
        }
    }
}
