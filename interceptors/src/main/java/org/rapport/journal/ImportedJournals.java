package org.rapport.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditLog;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.chain.Hash;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds the lines of journals to the audit log, and keeps up to where, in the transaction that runs.
 *
 * @param database holds the log
 * @param log takes the rows
 * @param acts tells that it was done
 */
public record ImportedJournals(JdbcClient database, AuditLog log, SecurityLog acts) {

    private static final int BATCH = 500;

    /**
     * Adds what has not been added before.
     *
     * @param lines all lines of a journal, at least one
     * @return how many were added
     * @throws BrokenJournal when the lines that were added before are not these
     */
    int add(List<JournalLine> lines) {
        var id = lines.get(0).journal();
        var place = place(id);
        int done = (int) place.map(Place::lines).orElse(0L).longValue();
        if (place.isPresent()
                && done <= lines.size()
                && !lines.get(done - 1).hash().equals(place.get().head())) {
            throw new BrokenJournal(done);
        }
        var rest = lines.stream().skip(done).toList();
        for (var batch : batches(rest)) {
            log.appendLate(batch.stream().map(JournalLine::late).toList());
        }
        if (!rest.isEmpty()) {
            keep(id, rest.get(rest.size() - 1));
            var which = "lines " + (done + 1) + " to " + lines.size();
            acts.record(SecurityEvent.succeeded(
                    SecurityEvent.Kind.AUDIT_IMPORTED, Agent.SERVER, "audit-journal:" + id, which));
        }
        return rest.size();
    }

    private static List<List<JournalLine>> batches(List<JournalLine> lines) {
        var batches = new ArrayList<List<JournalLine>>();
        for (int from = 0; from < lines.size(); from += BATCH) {
            batches.add(lines.subList(from, Math.min(lines.size(), from + BATCH)));
        }
        return batches;
    }

    private Optional<Place> place(UUID id) {
        return database.sql("select lines, head from audit_journal where id = ? for update")
                .param(id)
                .query((row, index) -> new Place(row.getLong(1), Hash.of(row.getBytes(2))))
                .optional();
    }

    private void keep(UUID id, JournalLine last) {
        database.sql("insert into audit_journal (id, lines, head) values (?, ?, ?) on conflict (id) do update set"
                        + " lines = excluded.lines, head = excluded.head, imported_at = excluded.imported_at")
                .params(id, last.number(), last.hash().bytes())
                .update();
    }

    private record Place(long lines, Hash head) {}
}
