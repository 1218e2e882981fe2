package org.rapport.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An empty database of its own on a real PostgreSQL, with the tables of some migrations.
 *
 * @param source opens a connection each time it is asked
 */
public record TestDatabase(DataSource source) {

    private static final EmbeddedPostgres POSTGRES = start();

    /** A database with the tables of those files in {@code db/migration}. */
    public static TestDatabase with(String... migrations) {
        var database = made("");
        for (var migration : migrations) {
            database.client().sql(read("/db/migration/" + migration)).update();
        }
        return database;
    }

    /** Another one with the same tables and rows; nobody is connected to this one meanwhile. */
    public TestDatabase copy() {
        return made(" template "
                + client().sql("select current_database()").query(String.class).single());
    }

    private static TestDatabase made(String from) {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + from);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(POSTGRES.getDatabase("postgres", name));
    }

    /** Joins the transaction that the thread runs, if it runs one. */
    public JdbcClient client() {
        return JdbcClient.create(source);
    }

    /** Runs transactions on this database. */
    public TransactionTemplate transactions() {
        return new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    private static String read(String file) {
        try (var in = TestDatabase.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("There is no " + file + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
