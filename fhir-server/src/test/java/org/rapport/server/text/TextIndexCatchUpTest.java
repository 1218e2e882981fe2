package org.rapport.server.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class TextIndexCatchUpTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant MARK_AT_NOON = Instant.parse("2026-11-29T11:55:00Z");

    private static EmbeddedPostgres postgres;
    private static JdbcClient database;

    @TempDir
    Path folder;

    private final RecordedIndex index = new RecordedIndex();

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        database = JdbcClient.create(postgres.getPostgresDatabase());
        database.sql("create table hfj_resource (res_id bigint, res_type text, res_updated timestamptz)")
                .update();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void store() {
        database.sql("truncate hfj_resource").update();
        for (int pid = 1; pid <= 50; pid++) {
            database.sql("insert into hfj_resource values (?, 'Patient', ?)")
                    .params(pid, Timestamp.from(NOON.minusSeconds(100_000L - pid)))
                    .update();
        }
    }

    @Test
    void movesTheMarkWhenAllIsOnTheDisk() {
        index.before = () -> assertThat(mark().read()).isEqualTo(Instant.EPOCH);

        catchUp().run(NOON, () -> true);

        assertThat(index.onDisk).hasSize(50);
        assertThat(mark().read()).isEqualTo(MARK_AT_NOON);
    }

    @Test
    void leavesTheMarkWhenTheDiskFails() {
        index.before = () -> {
            throw new IllegalStateException("full");
        };

        assertThatThrownBy(() -> catchUp().run(NOON, () -> true)).hasMessage("full");
        assertThat(mark().read()).isEqualTo(Instant.EPOCH);
        assertThatThrownBy(catchUp()::advance).hasMessage("full");
        assertThat(mark().read()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void leavesTheMarkWhenItIsToldToStop() {
        catchUp().run(NOON, () -> index.indexed.isEmpty());

        assertThat(index.indexed).isNotEmpty().hasSizeLessThan(50);
        assertThat(mark().read()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void movesTheMarkOnWhileItIsAlone() {
        catchUp().advance();

        assertThat(mark().read()).isEqualTo(MARK_AT_NOON);
    }

    @Test
    void leavesTheMarkOnceThereWasAnother() throws SQLException {
        var catchUp = catchUp();
        try (var one = named("rapport-1");
                var other = named("rapport-2")) {
            assertThat(one.isValid(1) && other.isValid(1)).isTrue();
            catchUp.advance();
        }
        catchUp.advance();

        assertThat(mark().read()).isEqualTo(Instant.EPOCH);
    }

    private static Connection named(String application) throws SQLException {
        var connection = postgres.getPostgresDatabase().getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("set application_name = '" + application + "'");
        }
        return connection;
    }

    private TextIndexCatchUp catchUp() {
        return new TextIndexCatchUp(mark(), index, database, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private IndexMark mark() {
        return new IndexMark(folder.resolve("indexed-until"));
    }

    /** Remembers what was indexed, and what of it is on the disk. */
    private static final class RecordedIndex implements TextIndex {

        private final List<Row> indexed = new ArrayList<>();
        private final List<Row> onDisk = new ArrayList<>();
        private Runnable before = () -> {};

        @Override
        public void index(List<Row> rows) {
            indexed.addAll(rows);
        }

        @Override
        public void toDisk() {
            before.run();
            onDisk.clear();
            onDisk.addAll(indexed);
        }
    }
}
