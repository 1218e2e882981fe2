package org.rapport.benchmarks.cost;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Set;

/** Reads PostgreSQL's own counters of all tables but the uncounted ones. */
final class DatabaseStatistics {

    private static final String STATE = """
            select coalesce(sum(n_tup_ins), 0), coalesce(sum(n_tup_upd), 0), coalesce(sum(n_tup_del), 0),
                   pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0'),
                   coalesce(sum(pg_total_relation_size(relid)), 0)
            from pg_stat_user_tables where not (relname = any (?))""";

    private final HikariDataSource pool;
    private final Set<String> uncountedTables;

    DatabaseStatistics(HikariDataSource pool, Set<String> uncountedTables) {
        this.pool = pool;
        this.uncountedTables = uncountedTables;
    }

    /** The counters as they stand. */
    DatabaseState read() {
        flush();
        try (var connection = open();
                var statement = connection.prepareStatement(STATE)) {
            statement.setArray(1, connection.createArrayOf("text", uncountedTables.toArray()));
            try (var row = statement.executeQuery()) {
                row.next();
                return new DatabaseState(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read PostgreSQL's statistics", e);
        }
    }

    /**
     * A session reports its counts at most once a second unless it is told to: tells each session of the pool that is not
     * in use. A server may hold one for as long as it runs, to listen.
     */
    private void flush() {
        var sessions = new ArrayList<Connection>();
        try {
            for (var open = pool.getHikariPoolMXBean().getIdleConnections(); sessions.size() < open; ) {
                var session = open();
                sessions.add(session);
                try (var statement = session.createStatement()) {
                    statement.execute("select pg_stat_force_next_flush()");
                }
            }
            for (var session : sessions) {
                session.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot flush PostgreSQL's statistics", e);
        }
    }

    private Connection open() throws SQLException {
        var connection = pool.getConnection();
        connection.setAutoCommit(true);
        return connection;
    }
}
