package org.rapport.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A durable PostgreSQL of the test's own, which several servers share and which is stopped or killed under them. */
public final class OutsideDatabase implements AutoCloseable {

    private static final String NAME = "rapport";
    private static final String PASSWORD = "outside";

    private final Path folder;
    private final int port = Ports.free();
    private @Nullable EmbeddedPostgres postgres;

    OutsideDatabase(Path folder) {
        this.folder = folder;
    }

    /** Starts it, on the same port and with the same data each time. */
    public OutsideDatabase start() {
        boolean isNew = !Files.exists(folder.resolve("PG_VERSION"));
        try {
            postgres = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(true)
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "300")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (isNew) {
            createApplicationDatabase();
        }
        return this;
    }

    /** Stops it in good order, which ends all connections. */
    public void stop() {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postgres = null;
        }
    }

    /** Kills all of its processes, as when its machine loses power. */
    public void kill() {
        Postmaster.of(folder).kill();
        stop();
    }

    /** The plan of a server that uses this database. */
    public ServerPlan join(ServerPlan plan) {
        return plan.with("rapport.database.url", url())
                .with("rapport.database.user", NAME)
                .with("rapport.database.password", PASSWORD);
    }

    /** A connection with the server's rights. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), NAME, PASSWORD);
    }

    /** The only number that a query answers. */
    public long number(String query) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a statement with the server's rights. */
    public void execute(String statement) {
        try (var connection = connect();
                var call = connection.createStatement()) {
            call.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
    }

    private void createApplicationDatabase() {
        var root = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
        try (var connection = DriverManager.getConnection(root);
                var statement = connection.createStatement()) {
            statement.execute("create role " + NAME + " login password '" + PASSWORD + "'");
            statement.execute("create database " + NAME + " owner " + NAME + " encoding 'UTF8' template template0");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        Harness.remove(folder);
    }
}
