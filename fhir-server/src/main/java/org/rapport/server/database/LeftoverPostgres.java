package org.rapport.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that went on running when the process before was killed.
 *
 * @param process the postmaster
 */
record LeftoverPostgres(ProcessHandle process) {

    private static final Logger LOG = LoggerFactory.getLogger(LeftoverPostgres.class);
    private static final Duration STOP_WAIT = Duration.ofSeconds(60);

    /** The running postmaster of that data folder, if there is one. */
    static Optional<LeftoverPostgres> in(Path folder) {
        try {
            return Files.readAllLines(folder.resolve("postmaster.pid")).stream()
                    .findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(LeftoverPostgres::isPostgres)
                    .map(LeftoverPostgres::new);
        } catch (IOException | NumberFormatException noPidFile) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .filter(path -> path.contains("postgres"))
                        .isPresent();
    }

    /**
     * Goes on with the running server if it answers at the address; otherwise stops it, so that a new one can start.
     *
     * @return what stops the server in the end, or empty after it was stopped now
     */
    Optional<AutoCloseable> takeOver(DatabaseAddress address) {
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password())) {
            LOG.info("Taking over the PostgreSQL that is still running: {}", connection.isValid(5));
            return Optional.of(this::stop);
        } catch (SQLException notOurs) {
            LOG.info("Stopping the PostgreSQL of an earlier start that no longer answers");
            stop();
            return Optional.empty();
        }
    }

    /** Stops it the fast way: sessions are ended, a checkpoint is written. */
    private void stop() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
            process.onExit().orTimeout(STOP_WAIT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (IOException | CompletionException e) {
            LOG.warn("PostgreSQL (process {}) did not stop within {} s", process.pid(), STOP_WAIT.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
