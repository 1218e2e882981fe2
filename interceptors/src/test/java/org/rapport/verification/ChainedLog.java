package org.rapport.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.rapport.audit.AuditLog;
import org.rapport.audit.SecurityLog;
import org.rapport.chain.Chain;
import org.rapport.chain.ChainKeys;
import org.rapport.chain.Chainer;
import org.rapport.checkpoint.CheckpointFile;
import org.rapport.checkpoint.CheckpointSigning;
import org.rapport.checkpoint.Checkpointer;
import org.rapport.checkpoint.Reseals;
import org.rapport.testing.AuditTables;
import org.rapport.testing.MovedClock;
import org.rapport.testing.TestDatabase;
import org.rapport.testing.TestSealing;
import org.rapport.verification.ChainVerifier.Span;
import org.rapport.work.Work;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An audit log with its chain, its checkpoints and everything that makes and verifies them.
 *
 * @param database holds the log
 * @param folder holds the checkpoints
 * @param clock dates the checkpoints
 */
record ChainedLog(TestDatabase database, Path folder, MovedClock clock) {

    /** A log of many rows, each page of the chain with a checkpoint of its own. */
    static ChainedLog of(int rows) {
        var log =
                new ChainedLog(AuditTables.make(), newFolder(), new MovedClock(Instant.parse("2026-03-01T08:00:00Z")));
        log.insert(rows, "now() - interval '75 days'", "interval '75 days' / " + rows);
        log.chainer().prepare();
        log.chain();
        return log;
    }

    /** A copy of database and checkpoints. */
    ChainedLog copy() {
        return new ChainedLog(database.copy(), copiedFolder(), clock);
    }

    /** The same database with a copy of the checkpoints. */
    ChainedLog withFolderOf(ChainedLog other) {
        return new ChainedLog(database, other.copiedFolder(), clock);
    }

    void insert(int rows, String from, String step) {
        database.client()
                .sql("insert into audit_log (recorded, request, interaction, status, times, subject, client, fhir_user,"
                        + " address, resource_type, resource_id, version, patient, query, token, purpose,"
                        + " journal) select " + from + " + n * (" + step
                        + "), 'request-' || n, 'read', 200, 1, 'dr-adams',"
                        + " 'demo-app', 'Practitioner/dr-adams', '192.0.2.7', 'Observation', 'o' || n, 1,"
                        + " 'p' || n % 97, 'code=http%3A%2F%2Floinc.org|8867-4', 'jti-' || n, 'TREAT',"
                        + " case when n % 10 = 0 then '7c9e6679-7425-40de-944b-e07fc1f90ae7/' || n end"
                        + " from generate_series(1, " + rows + ") n")
                .update();
    }

    void insertNow(int rows) {
        insert(rows, "clock_timestamp()", "interval '1 microsecond'");
    }

    /** Chains what is there, and makes a checkpoint a minute later for each page. */
    void chain() {
        var chainer = chainer();
        Work.Step step;
        do {
            step = chainer.step();
            checkpoint();
        } while (step == Work.Step.MORE);
    }

    void checkpoint() {
        clock.forward(Duration.ofSeconds(61));
        var checkpointer = checkpointer();
        while (checkpointer.step() == Work.Step.MORE) {
            // until the file has come as far as the chain
        }
    }

    /** What somebody does who has the rights of the database's administrator. */
    void tamper(String statement) {
        database.transactions().executeWithoutResult(status -> {
            var database = new JdbcTemplate(database().source());
            database.execute("set local session_replication_role = replica");
            database.execute(statement);
        });
    }

    Verification verify() {
        return verifier(keys("master")).verify(Span.EVERYTHING, () -> true);
    }

    ChainVerifier verifier(ChainKeys keys) {
        return new ChainVerifier(
                chainTable(),
                keys,
                new CheckpointFile(folder),
                new CheckpointSigning(keys, clock),
                new LogCoverage(database.client()));
    }

    Chainer chainer() {
        return new Chainer(chainTable(), keys("master"), database.transactions(), Duration.ofDays(365));
    }

    Checkpointer checkpointer() {
        return new Checkpointer(chainTable(), new CheckpointFile(folder), signing(), reseals(), clock);
    }

    Reseals reseals() {
        return new Reseals(
                new Reseals.Place(database.client(), database.transactions()), chainTable(), signing(), securityLog());
    }

    Chain chainTable() {
        return new Chain(new JdbcTemplate(database.source()));
    }

    ChainKeys keys(String master) {
        return new ChainKeys(database.client(), new TestSealing(master), securityLog());
    }

    long count(String table) {
        return database.client()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private CheckpointSigning signing() {
        return new CheckpointSigning(keys("master"), clock);
    }

    private SecurityLog securityLog() {
        return new SecurityLog(new AuditLog(new JdbcTemplate(database.source())));
    }

    private Path copiedFolder() {
        try {
            var copy = newFolder();
            Files.copy(folder.resolve("checkpoints.ndjson"), copy.resolve("checkpoints.ndjson"));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("checkpoints");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
