package org.rapport.audit.hapi;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rapport.access.Caller;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditLog;
import org.rapport.audit.Authorization;
import org.rapport.audit.Interaction;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.journal.EmergencyJournal;
import org.springframework.dao.DataAccessException;

/**
 * Writes the rows of an answer to the audit log. Those of who reads in an emergency go to the journal when the log refuses
 * them; nobody else's do.
 */
final class AnswerLog {

    private static final Set<Interaction> READS = EnumSet.of(
            Interaction.READ,
            Interaction.VREAD,
            Interaction.HISTORY_INSTANCE,
            Interaction.HISTORY_TYPE,
            Interaction.SEARCH,
            Interaction.OPERATION);

    /** The class of SQL states that say that something in the row itself is wrong. */
    private static final String DATA = "22";

    private static final int DEEPEST = 20;

    private final AuditLog log;
    private final AuditLog impatient;
    private final EmergencyJournal journal;

    /**
     * @param log where rows go
     * @param impatient the same, which waits no longer than an emergency can
     */
    AnswerLog(AuditLog log, AuditLog impatient, EmergencyJournal journal) {
        this.log = log;
        this.impatient = impatient;
        this.journal = journal;
    }

    /**
     * Writes them.
     *
     * @throws FailureException 503 when they cannot be written
     */
    void append(Optional<Caller> caller, List<AuditEntry> rows) {
        boolean emergency =
                caller.filter(Caller::breaksGlass).isPresent() && rows.stream().allMatch(AnswerLog::tellsOfReading);
        try {
            (emergency ? impatient : log).append(rows);
        } catch (DataAccessException e) {
            if (!emergency || isAboutARow(e)) {
                throw new FailureException(Failure.UNAVAILABLE);
            }
            keep(rows);
        }
    }

    private void keep(List<AuditEntry> rows) {
        try {
            journal.append(rows);
        } catch (UncheckedIOException e) {
            throw new FailureException(Failure.UNAVAILABLE);
        }
    }

    private static boolean tellsOfReading(AuditEntry row) {
        return row.deed() == Authorization.CONSENT
                || (row.deed() instanceof Interaction interaction && READS.contains(interaction));
    }

    /** Such a row would be refused for ever. */
    private static boolean isAboutARow(DataAccessException refusal) {
        return Stream.<Throwable>iterate(refusal, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && sql.getSQLState() != null
                        && sql.getSQLState().startsWith(DATA));
    }
}
