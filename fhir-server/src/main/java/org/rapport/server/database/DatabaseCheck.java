package org.rapport.server.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.rapport.server.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the database before anything trusts it: it answers, is new enough and durable. */
final class DatabaseCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);
    private static final int OLDEST = 15;

    private DatabaseCheck() {}

    /**
     * @throws StartFailure if the database does not answer or is too old
     */
    static void run(DatabaseAddress address) {
        var login = new Properties();
        login.setProperty("user", address.user());
        login.setProperty("password", address.password());
        login.setProperty("connectTimeout", "10");
        login.setProperty("socketTimeout", "30");
        try (Connection connection = DriverManager.getConnection(address.url(), login)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new StartFailure("The database is PostgreSQL " + version + "; Rapport needs " + OLDEST
                        + " or later at rapport.database.url.");
            }
            warnUnless(connection, "on", "show fsync", "fsync is off: a power cut can destroy the database");
            warnUnless(connection, "off", "show is_superuser", "the role of rapport.database.user is a superuser");
        } catch (SQLException e) {
            throw new StartFailure(
                    "The database at rapport.database.url (" + address.url().replaceAll("\\?.*", "")
                            + ") does not let Rapport in: " + reason(e)
                            + "; check rapport.database.url, .user and .password.",
                    e);
        }
    }

    private static String reason(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "28P01", "28000" -> "user name or password are wrong";
            case "3D000" -> "there is no such database";
            case "08001", "08004", "08006" -> "nothing answers there";
            default -> "SQL state " + state;
        };
    }

    private static void warnUnless(Connection connection, String expected, String query, String warning)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            if (rows.next() && !expected.equals(rows.getString(1))) {
                LOG.warn("The database is not safe: {}", warning);
            }
        }
    }
}
