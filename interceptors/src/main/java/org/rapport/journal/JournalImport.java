package org.rapport.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.rapport.work.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Adds what the journal of this instance holds to the audit log as soon as that takes rows again, a file in one transaction,
 * and deletes it. A file with a line that is not what was written stays where it is, for a person to look at.
 */
public final class JournalImport implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(JournalImport.class);

    private final EmergencyJournal journal;
    private final ImportedJournals imported;
    private final TransactionOperations transaction;
    private final Set<Path> broken = new HashSet<>();

    /** @param transaction runs a file */
    public JournalImport(EmergencyJournal journal, ImportedJournals imported, TransactionOperations transaction) {
        this.journal = journal;
        this.imported = imported;
        this.transaction = transaction;
    }

    @Override
    public String name() {
        return "audit-journal";
    }

    @Override
    public String topic() {
        return "audit-journal";
    }

    @Override
    public Step step() {
        var files = journal.files();
        broken.retainAll(files);
        var failures = new ArrayList<RuntimeException>();
        for (var file : files) {
            if (!broken.contains(file)) {
                try {
                    take(file);
                } catch (IOException e) {
                    failures.add(new UncheckedIOException(e));
                } catch (DataAccessException e) {
                    failures.add(e);
                }
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return Step.IDLE;
    }

    private void take(Path file) throws IOException {
        try {
            var content = JournalContent.of(file);
            int added = content.lines().isEmpty() ? 0 : add(content);
            boolean removed = journal.remove(file, content.lines().size());
            if (added > 0) {
                LOG.info("{} rows of {} were added to the audit log", added, file);
            }
            if (removed && content.cut()) {
                LOG.warn("The last line of {} was cut off before its answer left", file);
            }
        } catch (BrokenJournal e) {
            journal.end(file);
            broken.add(file);
            LOG.error("Line {} of {} is not what was written; nothing of it is added to the audit log", e.line(), file);
        }
    }

    private int add(JournalContent content) {
        return Objects.requireNonNull(transaction.execute(status -> imported.add(content.lines())));
    }
}
