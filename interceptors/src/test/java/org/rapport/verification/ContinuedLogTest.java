package org.rapport.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.LateEntry;
import org.rapport.chain.ChainKeys;
import org.rapport.partition.AuditMonths;
import org.rapport.verification.ChainVerifier.Span;
import org.rapport.verification.Finding.Kind;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** A log that goes on while things happen to it. */
class ContinuedLogTest {

    private static final int ROWS = 3_000;
    private static final ChainedLog ORIGINAL = ChainedLog.of(ROWS);
    private static final Agent OFFICER = Agent.signedIn("privacy-kim", "192.0.2.7");

    private final ChainedLog log = ORIGINAL.copy();

    @Test
    @DisplayName("AT-03: finds that other rows have taken the place of those at the end")
    void findsThatOtherRowsHaveTakenThePlaceOfThoseAtTheEnd() {
        log.tamper("delete from audit_chain where chain_index > 2500");
        log.tamper("delete from audit_log l where not exists (select from audit_chain c where c.number = l.number)");
        log.insertNow(1_000);
        log.chain();

        assertThat(log.verify().findings()).containsExactly(new Finding(Kind.CHECKPOINT_DIFFERS, ROWS + 1, ROWS + 1));
    }

    @Test
    @DisplayName("AT-05: finds a row with an old date that was put in in the usual way")
    void findsARowWithAnOldDate() {
        log.insert(1, "now() - interval '2 days'", "interval '0'");
        log.chain();

        assertThat(log.verify().findings()).containsExactly(new Finding(Kind.BACK_DATED, ROWS + 2, ROWS + 2));
    }

    @Test
    @DisplayName("BG-09: finds nothing wrong with an old date that comes out of a journal")
    void takesAnOldDateOutOfAJournal() {
        var source = new JdbcTemplate(log.database().source());
        var entry = AuditTrail.ofServer("request-1")
                .entries(Agent.SERVER, Interaction.READ, 200, Entity.NONE, Set.of("alice"))
                .get(0);
        var early = Instant.now(log.clock()).minus(Duration.ofDays(2));
        new AuditLog(source).appendLate(List.of(new LateEntry(early, "7c9e6679-7425-40de-944b-e07fc1f90ae7/1", entry)));
        log.insertNow(1);
        log.chain();
        assertThat(log.verify().findings()).isEmpty();

        log.tamper("update audit_log set journal = null where request = 'request-1' and journal like '%/1'"
                + " and resource_type is null");
        assertThat(log.verify().findings())
                .containsExactly(
                        new Finding(Kind.ROW_CHANGED, ROWS + 2, ROWS + 2),
                        new Finding(Kind.BACK_DATED, ROWS + 2, ROWS + 2));
    }

    @Test
    @DisplayName("AT-07: finds that the database is older than its checkpoints")
    void findsThatTheDatabaseIsOlderThanItsCheckpoints() {
        var backup = log.copy();
        log.insertNow(500);
        log.chain();

        var restored = backup.withFolderOf(log).verify();
        assertThat(restored.findings()).containsExactly(new Finding(Kind.TRUNCATED, ROWS + 2, ROWS + 501));
        assertThat(log.verify().findings()).isEmpty();
    }

    @Test
    @DisplayName("AT-08: names the rows of a month that was dropped")
    void namesTheRowsOfAMonthThatWasDropped() {
        new AuditMonths(
                        new JdbcTemplate(log.database().source()),
                        log.database().transactions(),
                        Clock.systemUTC())
                .step();
        log.insert(
                100,
                "date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' + interval '45 days'",
                "interval '1 second'");
        log.chain();
        var month = log.database()
                .client()
                .sql("select max(tableoid::regclass::text) from audit_log where recorded > now()")
                .query(String.class)
                .single();
        assertThat(month).startsWith("audit_months.m");
        log.tamper("drop table " + month);

        assertThat(log.verify().findings()).containsExactly(new Finding(Kind.ROW_MISSING, ROWS + 2, ROWS + 101));
    }

    @Test
    @DisplayName("AT-09: goes on under new keys")
    void goesOnUnderNewKeys() {
        log.chainer().rotateKeys();
        log.insertNow(500);
        log.chain();

        assertThat(log.verify().findings()).isEmpty();
        assertThat(log.database()
                        .client()
                        .sql("select count(distinct epoch) from audit_chain")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        log.tamper("update audit_chain set epoch = 1 where chain_index = " + (ROWS + 9));
        assertThat(log.verify().findings()).containsExactly(new Finding(Kind.LINK_CHANGED, ROWS + 9, ROWS + 9));
    }

    @Test
    @DisplayName("AT-09: says so when the keys of rows cannot be opened")
    void saysSoWhenKeysCannotBeOpened() {
        ChainKeys others = log.keys("another master key");

        assertThat(log.verifier(others).verify(Span.EVERYTHING, () -> true).findings())
                .contains(new Finding(Kind.KEY_UNKNOWN, 1, ROWS + 1));
    }

    @Test
    @DisplayName("AT-10: reports a seam where a restore was stated, and nothing wrong")
    void reportsASeamWhereARestoreWasStated() {
        var backup = log.copy();
        log.insertNow(500);
        log.chain();
        log.insertNow(500);
        log.chain();

        var restored = backup.withFolderOf(log);
        restored.insertNow(100);
        restored.chain();
        assertThat(restored.verify().valid()).isFalse();

        restored.reseals().reseal("disk failure, backup of last night", OFFICER);
        restored.insertNow(1_500);
        restored.chain();
        restored.checkpoint();
        var result = restored.verify();
        assertThat(result.findings()).isEmpty();
        assertThat(result.seams()).singleElement().satisfies(seam -> {
            assertThat(seam.after()).isEqualTo(ROWS + 1);
            assertThat(seam.lost()).isEqualTo(ROWS + 1001);
            assertThat(seam.note()).isEqualTo("privacy-kim: disk failure, backup of last night");
        });

        restored.tamper("update audit_log set status = 404 where number = (select number from audit_chain"
                + " where chain_index = 17)");
        assertThat(restored.verify().findings()).containsExactly(new Finding(Kind.ROW_CHANGED, 17, 17));
    }

    @Test
    void takesNoStatementThatNobodyOfThisServerHasSigned() {
        var backup = log.copy();
        log.insertNow(500);
        log.chain();
        var restored = backup.withFolderOf(log);
        restored.reseals().reseal("backup", OFFICER);
        restored.tamper("update audit_reseal set statement = replace(statement, 'backup', 'forged')");
        restored.insertNow(1_500);
        restored.chain();

        assertThat(restored.verify().valid()).isFalse();
    }

    @Test
    void findsACheckpointThatWasChangedOrTakenOut() throws IOException {
        log.insertNow(500);
        log.chain();
        var file = log.folder().resolve("checkpoints.ndjson");
        var lines = Files.readAllLines(file);
        Files.write(file, lines.subList(1, lines.size()));

        assertThat(log.verify().findings()).extracting(Finding::kind).containsExactly(Kind.CHECKPOINT_FORGED);
    }

    @Test
    void goesOnAfterALineThatACrashCutOff() throws IOException {
        Files.writeString(log.folder().resolve("checkpoints.ndjson"), "{\"before\":\"00", StandardOpenOption.APPEND);
        log.insertNow(500);
        log.chain();

        var result = log.verify();
        assertThat(result.findings()).isEmpty();
        assertThat(result.checkpoints()).isEqualTo(3);
    }

    @Test
    void verifiesPieceByPiece() {
        log.insertNow(9_000);
        log.chain();
        log.tamper("update audit_log set patient = 'nobody' where number = (select number from audit_chain"
                + " where chain_index = 7000)");
        var verifier = log.verifier(log.keys("master"));

        var first = verifier.verify(Span.EVERYTHING, () -> false);
        assertThat(first.next()).contains(5_001L);
        assertThat(first.findings()).isEmpty();
        var second = verifier.verify(new Span(5_001, Long.MAX_VALUE), () -> false);
        assertThat(second.findings()).containsExactly(new Finding(Kind.ROW_CHANGED, 7_000, 7_000));
        var third = verifier.verify(new Span(second.next().orElseThrow(), Long.MAX_VALUE), () -> false);
        assertThat(third.next()).isEmpty();
        assertThat(first.checked() + second.checked() + third.checked()).isEqualTo(log.count("audit_chain"));
    }

    @Test
    void verifiesWhatWasRecordedWithinATime() {
        var verifier = log.verifier(log.keys("master"));
        var now = log.database()
                .client()
                .sql("select now()")
                .query((row, index) -> row.getTimestamp(1).toInstant())
                .single();
        var span = verifier.span(Optional.of(now.minusSeconds(86_400 * 10)), Optional.of(now.minusSeconds(86_400 * 5)));

        assertThat(span.until() - span.from()).isBetween(190L, 210L);
        assertThat(verifier.verify(span, () -> true).checked()).isEqualTo(span.until() - span.from() + 1);
        assertThat(verifier.verify(verifier.span(Optional.empty(), Optional.of(Instant.EPOCH)), () -> true)
                        .checked())
                .isZero();
    }

    @Test
    void isHeldByLocksThatTheRoleOfTheServerCannotPass() {
        for (var table : new String[] {"audit_log", "audit_months.earliest", "audit_chain", "audit_reseal"}) {
            for (var statement : new String[] {
                "delete from " + table, "truncate " + table, "update " + table + " set number = number"
            }) {
                log.reseals().reseal("so that there is a row", OFFICER);
                assertThat(refused(statement)).as(statement).isTrue();
            }
        }
    }

    private boolean refused(String statement) {
        try {
            new JdbcTemplate(log.database().source()).execute(statement);
            return false;
        } catch (DataAccessException e) {
            return true;
        }
    }
}
