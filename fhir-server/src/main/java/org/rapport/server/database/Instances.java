package org.rapport.server.database;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The instances on this database, told apart by the application name of their connections.
 *
 * @param database answers who is connected
 */
public record Instances(JdbcClient database) {

    private static final String PREFIX = "rapport-";

    static String newName() {
        return PREFIX + UUID.randomUUID();
    }

    /** Whether more than one instance is connected now. */
    public boolean several() {
        return database.sql("select count(distinct application_name) from pg_stat_activity"
                                + " where datname = current_database() and application_name like ?")
                        .param(PREFIX + "%")
                        .query(Integer.class)
                        .single()
                > 1;
    }
}
