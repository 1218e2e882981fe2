package org.rapport.server.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.rapport.server.DataDirectory;
import org.rapport.server.StartFailure;
import org.rapport.server.TcpPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in the data directory, as durable as one that an operator would run.
 *
 * <p>{@code fsync} and {@code synchronous_commit} are on, every login needs its generated password (SCRAM), it listens
 * on 127.0.0.1 only, and the application's role is no superuser. When the process before was killed, its PostgreSQL
 * still runs: it is taken over as it is.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String SUPERUSER = "postgres";
    private static final String NAME = "rapport";

    private final DatabaseAddress address;
    private final AutoCloseable server;

    private EmbeddedDatabase(DatabaseAddress address, AutoCloseable server) {
        this.address = address;
        this.server = server;
    }

    /**
     * Starts PostgreSQL, or takes over the one left running, and makes the role and the database of the application.
     *
     * @throws StartFailure if it cannot run here
     */
    static EmbeddedDatabase start(DataDirectory data, int port) {
        try {
            String superPassword = GeneratedSecret.in(data.resolve("secrets").resolve("postgres-superuser"));
            String password = GeneratedSecret.in(data.resolve("secrets").resolve("postgres-application"));
            Path folder = data.resolve("postgres");
            var root = new DatabaseAddress(url(port, SUPERUSER), SUPERUSER, superPassword);
            AutoCloseable server = LeftoverPostgres.in(folder)
                    .flatMap(left -> left.takeOver(root))
                    .orElseGet(() -> launch(data, folder, port, superPassword));
            createApplicationDatabase(root, password);
            return new EmbeddedDatabase(new DatabaseAddress(url(port, NAME), NAME, password), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new StartFailure(
                    "The embedded PostgreSQL on port " + port + " runs but refuses its own password; remove "
                            + data.resolve("secrets") + " only together with the whole data directory.",
                    e);
        }
    }

    DatabaseAddress address() {
        return address;
    }

    private static AutoCloseable launch(DataDirectory data, Path folder, int port, String superPassword) {
        new TcpPort("127.0.0.1", port, "rapport.database.embedded-port").requireFree();
        LOG.info("Starting the embedded PostgreSQL");
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(
                            data.resolve("postgres-binaries").toFile())
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setConnectConfig("password", superPassword)
                    .setLocaleConfig(
                            "pwfile",
                            data.resolve("secrets")
                                    .resolve("postgres-superuser")
                                    .toString())
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "200")
                    .setDataDirectoryCustomizer(directory -> requirePasswords(directory.toPath()))
                    .start();
        } catch (IOException | IllegalStateException e) {
            throw new StartFailure(
                    "The embedded PostgreSQL does not start on port " + port + " (" + folder
                            + "). As root it needs user namespaces: without them start Rapport as an ordinary user, or"
                            + " point rapport.database.url at a PostgreSQL of your own.",
                    e);
        }
    }

    private static void requirePasswords(Path folder) {
        try {
            Files.writeString(
                    folder.resolve("pg_hba.conf"),
                    "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createApplicationDatabase(DatabaseAddress root, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(root.url(), root.user(), root.password());
                var statement = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?")) {
                statement.execute("create role " + NAME + " login nosuperuser password '" + password + "'");
            }
            if (!exists(connection, "select 1 from pg_database where datname = ?")) {
                statement.execute("create database " + NAME + " owner " + NAME + " encoding 'UTF8'");
            }
        }
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, NAME);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
