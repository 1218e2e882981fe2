package org.rapport.server.schema;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrationException;
import ca.uhn.fhir.jpa.migrate.HapiMigrationStorageSvc;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.MigrationTaskList;
import ca.uhn.fhir.jpa.migrate.dao.HapiMigrationDao;
import ca.uhn.fhir.jpa.migrate.taskdef.BaseTask;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.rapport.server.StartFailure;
import org.springframework.jdbc.core.JdbcTemplate;

/** HAPI's own migrations, recorded in its table {@code fly_hfj_migration}. */
final class HapiMigrations {

    private static final String TABLE = "FLY_HFJ_MIGRATION";
    private static final DriverTypeEnum POSTGRES = DriverTypeEnum.POSTGRES_9_4;

    private final DataSource dataSource;
    private final MigrationTaskList tasks;

    HapiMigrations(DataSource dataSource) {
        this.dataSource = dataSource;
        this.tasks = new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values());
    }

    /** Whether a task is left; HAPI's optional heavy tasks, which it never runs by itself, do not count. */
    boolean pending() {
        return fresh() || unrecorded().anyMatch(task -> !task.isHeavyweightSkippableTask());
    }

    private Stream<BaseTask> unrecorded() {
        var store = new HapiMigrationStorageSvc(new HapiMigrationDao(dataSource, POSTGRES, TABLE));
        return StreamSupport.stream(store.diff(tasks).spliterator(), false);
    }

    /** Makes a fresh schema whole or not at all; upgrades an old one task by task, as HAPI does it. */
    void run() throws SQLException {
        if (fresh()) {
            try (var all = new OneTransaction(dataSource)) {
                migrate(all.dataSource());
                numberResourceTypes(all.dataSource());
                all.commit();
            }
        } else {
            dropLockOfKilledStart();
            migrate(dataSource);
        }
    }

    private void migrate(DataSource target) {
        var migrator = new HapiMigrator(TABLE, target, POSTGRES);
        migrator.createMigrationTableIfRequired();
        migrator.addTasks(tasks);
        try {
            migrator.migrate();
        } catch (HapiMigrationException e) {
            throw new StartFailure(
                    "A schema migration of the FHIR store failed; the log names it. Restore the backup made before"
                            + " the upgrade.",
                    e);
        }
    }

    /** Left to HAPI, two instances that start at once on a new schema would both do it, and one would fail. */
    private static void numberResourceTypes(DataSource target) {
        new JdbcTemplate(target)
                .batchUpdate(
                        "insert into hfj_resource_type (res_type_id, res_type) values (nextval('seq_resource_type'), ?)",
                        FhirContext.forR4Cached().getResourceTypes().stream()
                                .map(type -> new Object[] {type})
                                .toList());
    }

    private boolean fresh() {
        return Boolean.TRUE.equals(new JdbcTemplate(dataSource)
                .queryForObject("select to_regclass('public.hfj_resource') is null", Boolean.class));
    }

    /** The lock row of a start that was killed would stop every later one; our advisory lock has replaced it. */
    private void dropLockOfKilledStart() {
        new JdbcTemplate(dataSource).update("delete from \"" + TABLE + "\" where \"installed_rank\" = -100");
    }
}
