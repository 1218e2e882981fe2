package org.rapport.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rapport.audit.AuditEntry;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit rows of emergencies that the log did not take: files that only grow, each line on the disk before the answer
 * that it tells of leaves.
 *
 * <p>The folder belongs to this process. Each process begins a file of its own, so that nothing is ever added to what a
 * crash has left.
 */
public final class EmergencyJournal {

    /** Room for some ten thousand answers. */
    private static final long LARGEST = 16L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EmergencyJournal.class);

    private final Path folder;
    private final long largest;
    private final Clock clock;
    private @Nullable JournalFile current;

    /** @param folder made when it is needed */
    public EmergencyJournal(Path folder, Clock clock) {
        this(folder, LARGEST, clock);
    }

    /** @param largest bytes of all files from which on it takes nothing more */
    EmergencyJournal(Path folder, long largest, Clock clock) {
        this.folder = folder;
        this.largest = largest;
        this.clock = clock;
    }

    /**
     * Adds rows; they are on the disk when it returns.
     *
     * @throws UncheckedIOException when they are not, be it that the disk fails or that the journal is full
     */
    public synchronized void append(List<AuditEntry> rows) {
        if (bytes() >= largest) {
            LOG.error("The emergency journal in {} is full: emergencies are refused", folder);
            throw new UncheckedIOException(new IOException("The emergency journal is full."));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            if (current == null) {
                current = JournalFile.begin(folder, UUID.randomUUID(), now);
                LOG.error("The audit log takes no rows; those of emergencies go to {}", current.path());
            }
            current.append(now, rows);
        } catch (IOException e) {
            giveUp();
            LOG.error("The emergency journal in {} takes nothing ({}): emergencies are refused", folder, Causes.of(e));
            throw new UncheckedIOException(e);
        }
    }

    private void giveUp() {
        if (current != null) {
            current.giveUp();
            current = null;
        }
    }

    /** How much waits to be added to the log. */
    public long bytes() {
        return files().stream().mapToLong(file -> file.toFile().length()).sum();
    }

    /** All files, those that were begun first before the others. */
    List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(JournalFile.SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds nothing more to a file. */
    synchronized void end(Path file) throws IOException {
        if (current != null && current.path().equals(file)) {
            current.close();
            current = null;
        }
    }

    /**
     * Deletes a file whose lines are all in the log.
     *
     * @return false when others have come meanwhile
     */
    synchronized boolean remove(Path file, long imported) throws IOException {
        if (current != null && current.path().equals(file) && current.lines() > imported) {
            return false;
        }
        end(file);
        Files.delete(file);
        return true;
    }
}
