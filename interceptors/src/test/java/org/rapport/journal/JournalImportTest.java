package org.rapport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditRow;
import org.rapport.audit.AuditSearch;
import org.rapport.audit.Interaction;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.rapport.chain.Hash;
import org.rapport.testing.AuditTables;
import org.rapport.testing.MovedClock;
import org.rapport.testing.TestDatabase;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

class JournalImportTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456Z");

    @TempDir
    private Path folder;

    private final TestDatabase database = AuditTables.make();
    private final MovedClock clock = new MovedClock(NOW);

    @Test
    void addsTheRowsWithTheirTimeAndDeletesTheFile() {
        var journal = journal();
        journal.append(TestRows.of("one", 2));
        clock.forward(Duration.ofMinutes(40));
        journal.append(TestRows.of("two", 1));
        imports(journal).step();

        assertThat(reads()).extracting(AuditRow::recorded).containsExactly(NOW, NOW, NOW.plusSeconds(2_400));
        assertThat(reads().stream().map(AuditRow::entry).toList())
                .startsWith(TestRows.of("one", 2).get(0), TestRows.of("one", 2).get(1));
        assertThat(journal.files()).isEmpty();
        assertThat(rows().get(3).entry().deed()).isEqualTo(Kind.AUDIT_IMPORTED);
        assertThat(rows().get(3).entry().query()).contains("lines 1 to 3");

        journal.append(TestRows.of("three", 1));
        imports(journal).step();
        assertThat(reads()).hasSize(4);
    }

    @Test
    void addsThemOnceWhenItIsKilledBeforeTheFileIsDeleted() throws IOException {
        var journal = journal();
        journal.append(TestRows.of("one", 2));
        var file = journal.files().get(0);
        var lines = Files.readAllBytes(file);
        imports(journal).step();

        Files.write(file, lines);
        imports(journal()).step();
        assertThat(rows()).hasSize(3);
        assertThat(file).doesNotExist();
    }

    @Test
    void addsOnlyWhatHasComeSince() throws IOException {
        var journal = journal();
        journal.append(TestRows.of("one", 2));
        var file = journal.files().get(0);
        var before = Files.readAllBytes(file);
        journal.append(TestRows.of("two", 1));
        var after = Files.readAllBytes(file);

        Files.write(file, before);
        imports(journal()).step();
        Files.write(file, after);
        imports(journal()).step();
        assertThat(reads()).extracting(row -> row.entry().request()).containsExactly("one", "one", "two");
    }

    @Test
    void leavesAFileThatWasChangedForAPersonAndTakesTheOthers() throws IOException {
        journal().append(TestRows.of("one", 3));
        clock.forward(Duration.ofMinutes(1));
        var journal = journal();
        journal.append(TestRows.of("two", 1));
        var changed = journal.files().get(0);
        Files.writeString(changed, Files.readString(changed).replaceFirst("dr-brandt", "dr-adams"));
        var imports = imports(journal);
        imports.step();
        imports.step();

        assertThat(reads()).extracting(row -> row.entry().request()).containsExactly("two");
        assertThat(journal.files()).containsExactly(changed);
    }

    @Test
    void takesTheOthersWhenAFileCannotBeRead() throws IOException {
        Files.createDirectory(folder.resolve("0-x.ndjson"));
        var journal = journal();
        journal.append(TestRows.of("one", 1));

        assertThatThrownBy(() -> imports(journal).step()).isInstanceOf(UncheckedIOException.class);
        assertThat(reads()).hasSize(1);
    }

    @Test
    void leavesAFileWhoseFormerLinesAreOthersThanThoseAdded() throws IOException {
        var journal = journal();
        journal.append(TestRows.of("one", 2));
        var file = journal.files().get(0);
        var first = JournalContent.of(file).lines().get(0);
        imports(journal).step();

        var forged =
                new JournalLine(first.journal(), 1, NOW, TestRows.of("other", 1).get(0), Hash.NOTHING);
        var next =
                new JournalLine(first.journal(), 2, NOW, TestRows.of("other", 1).get(0), forged.hash());
        var last =
                new JournalLine(first.journal(), 3, NOW, TestRows.of("other", 1).get(0), next.hash());
        Files.write(file, List.of(forged.text(), next.text(), last.text()));
        imports(journal()).step();
        assertThat(reads()).hasSize(2);
        assertThat(file).exists();
    }

    @Test
    void waitsUntilTheLogTakesRowsAgain() {
        var journal = journal();
        journal.append(TestRows.of("one", 2));
        database.client()
                .sql("alter table audit_log rename column purpose to away")
                .update();
        assertThatThrownBy(() -> imports(journal).step()).isInstanceOf(DataAccessException.class);
        assertThat(journal.files()).hasSize(1);

        database.client()
                .sql("alter table audit_log rename column away to purpose")
                .update();
        journal.append(TestRows.of("two", 1));
        imports(journal).step();
        assertThat(reads()).hasSize(3);
    }

    @Test
    void deletesAFileInWhichNothingCameToItsEnd() throws IOException {
        var file = Files.writeString(folder.resolve("1-x.ndjson"), "{\"address\"");
        imports(journal()).step();
        assertThat(file).doesNotExist();
        assertThat(rows()).isEmpty();
    }

    private EmergencyJournal journal() {
        return new EmergencyJournal(folder, clock);
    }

    private JournalImport imports(EmergencyJournal journal) {
        var log = new AuditLog(new JdbcTemplate(database.source()));
        return new JournalImport(
                journal, new ImportedJournals(database.client(), log, new SecurityLog(log)), database.transactions());
    }

    private List<AuditRow> reads() {
        return rows().stream()
                .filter(row -> row.entry().deed() == Interaction.READ)
                .toList();
    }

    private List<AuditRow> rows() {
        return new AuditSearch(database.client()).following(0, Optional.empty(), Optional.empty(), 100);
    }
}
