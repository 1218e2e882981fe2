package org.rapport.server.startup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.rapport.server.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one instance at a time do a part of the start, while the others on the same database wait.
 *
 * <p>It asks again and again instead of waiting inside PostgreSQL: the lock time-out of a pooled connection would end
 * that wait. A process that ends, however it ends, gives way.
 */
public final class StartLock {

    private static final Logger LOG = LoggerFactory.getLogger(StartLock.class);
    private static final String UNLOCK = "select pg_advisory_unlock(?)";
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Connections connections;
    private final long key;
    private final String work;

    /**
     * A lock that is not held yet.
     *
     * @param connections gives the connection that holds it
     * @param key PostgreSQL's number of this advisory lock
     * @param work what is done under it, for the log: "stores definitions"
     */
    public StartLock(Connections connections, long key, String work) {
        this.connections = connections;
        this.key = key;
        this.work = work;
    }

    /** Where a connection comes from. */
    @FunctionalInterface
    public interface Connections {

        /** A connection that the caller closes. */
        Connection open() throws SQLException;
    }

    /** What is done under the lock. */
    @FunctionalInterface
    public interface Work {

        /** Does it. */
        void run() throws SQLException;
    }

    /**
     * Does the work while no other instance does it.
     *
     * @throws SQLException if the database refuses the lock or the work
     * @throws StartFailure if another instance holds the lock for ten minutes, or the thread is interrupted
     */
    public void exclusively(Work task) throws SQLException {
        try (Connection connection = connections.open()) {
            await(connection);
            try {
                task.run();
            } catch (SQLException | RuntimeException failure) {
                giveUp(connection, failure);
                throw failure;
            }
            ask(connection, UNLOCK);
        }
    }

    /** Where the connection is broken the lock is gone with it; the first failure is the one to tell of. */
    private void giveUp(Connection connection, Exception failure) {
        try {
            ask(connection, UNLOCK);
        } catch (SQLException gone) {
            failure.addSuppressed(gone);
        }
    }

    private void await(Connection connection) throws SQLException {
        long began = System.nanoTime();
        boolean told = false;
        while (!ask(connection, "select pg_try_advisory_lock(?)")) {
            if (!told) {
                LOG.info("Waiting: another instance {}", work);
                told = true;
            }
            if (System.nanoTime() - began > LIMIT.toNanos()) {
                throw new StartFailure("Another instance on this database " + work + " for more than "
                        + LIMIT.toMinutes() + " minutes; look at its log, stop it if it hangs, and start again.");
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("The start was interrupted while another instance " + work + ".", e);
        }
    }

    private boolean ask(Connection connection, String query) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setLong(1, key);
            try (var answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
