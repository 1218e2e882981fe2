package org.rapport.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.server.DataDirectory;
import org.rapport.server.StartFailure;
import org.rapport.server.schema.Schema;

class EmbeddedDatabaseTest {

    @TempDir
    static Path folder;

    private static DataDirectory data;
    private static int port;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() throws IOException {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        data = DataDirectory.lock(folder);
        database = EmbeddedDatabase.start(data, port);
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        data.close();
    }

    @Test
    void isDurable() throws SQLException {
        assertThat(ask("show fsync")).isEqualTo("on");
        assertThat(ask("show synchronous_commit")).isEqualTo("on");
        assertThat(ask("show full_page_writes")).isEqualTo("on");
    }

    @Test
    void listensOnTheLoopbackOnly() throws SQLException {
        assertThat(ask("show listen_addresses")).isEqualTo("127.0.0.1");
    }

    @Test
    void givesTheApplicationNoSuperuser() throws SQLException {
        assertThat(ask("select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user"))
                .isEqualTo("f");
    }

    @Test
    void asksForThePassword() {
        var wrong = new DatabaseAddress(database.address().url(), "postgres", "");
        assertThatThrownBy(() -> DriverManager.getConnection(wrong.url(), wrong.user(), wrong.password()))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> DatabaseCheck.run(wrong))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("rapport.database");
    }

    @Test
    void isTakenOverWhenItsProcessWasKilled() throws IOException, SQLException {
        ask("create table if not exists kept as select 42 as answer");
        var again = EmbeddedDatabase.start(data, port);
        assertThat(again.address()).isEqualTo(database.address());
        assertThat(ask("select answer from kept")).isEqualTo("42");
        ask("drop table kept");
    }

    @Test
    void getsItsSchemaOnceAndRefusesOneThatDrifted() throws SQLException {
        migrate();
        migrate();
        assertThat(ask("select count(*) > 500 from schema_object")).isEqualTo("t");

        ask("alter table hfj_resource add column added_by_hand text");
        assertThatThrownBy(EmbeddedDatabaseTest::migrate)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("column hfj_resource.added_by_hand was added")
                .hasMessageNotContaining("\n");
        ask("alter table hfj_resource drop column added_by_hand");

        ask("drop index idx_sp_token_hash_v2");
        assertThatThrownBy(EmbeddedDatabaseTest::migrate)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("index idx_sp_token_hash_v2 is missing");
    }

    private static void migrate() {
        Schema.bringUpToDate(
                database.address().url(),
                database.address().user(),
                database.address().password());
    }

    /** The first column of the first row, or nothing for a statement without rows. */
    private static String ask(String sql) throws SQLException {
        var address = database.address();
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
