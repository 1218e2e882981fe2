package org.rapport.demo.world;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.rapport.server.StartFailure;
import org.rapport.server.startup.StartLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers in the database that demo data is in it and how far it goes. */
final class DemoMark {

    private static final long LOCK = 0x7261_7070_6f72_7402L;

    private final DataSource source;
    private final JdbcClient database;

    DemoMark(DataSource source) {
        this.source = source;
        this.database = JdbcClient.create(source);
    }

    /**
     * How far the demo world is made.
     *
     * @param complete false while it is being made, also by a process that was killed
     * @param slotsUntil the day after the last with slots; null before the first
     */
    record Progress(boolean complete, @Nullable LocalDate slotsUntil) {}

    /** How far it is made; empty when there is no demo data at all. */
    Optional<Progress> progress() {
        return database.sql("select complete, slots_until from demo_world")
                .query((row, number) ->
                        new Progress(row.getBoolean("complete"), row.getObject("slots_until", LocalDate.class)))
                .optional();
    }

    /** Does the work while no other process does any. */
    void exclusively(Runnable work) {
        try {
            new StartLock(source::getConnection, LOCK, "makes the demo world").exclusively(work::run);
        } catch (SQLException e) {
            throw new StartFailure("The demo world cannot be made because the database does not answer.", e);
        }
    }

    void begin() {
        database.sql("insert into demo_world default values on conflict do nothing")
                .update();
    }

    void slotsUntil(LocalDate day) {
        database.sql("update demo_world set slots_until = ?").param(day).update();
    }

    void complete() {
        database.sql("update demo_world set complete = true").update();
    }
}
