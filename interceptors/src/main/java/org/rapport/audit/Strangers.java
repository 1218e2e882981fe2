package org.rapport.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rapport.work.Work;

/**
 * Keeps a flood of requests without a token, of clients that do not prove who they are, or of callers that come too often
 * from filling the log: ten rows a second, the others are counted and written as one for each deed and caller.
 */
public final class Strangers implements Work {

    private static final int ROWS_A_SECOND = 10;

    private static final int TOO_MANY = 429;

    /** What is counted together: only who has a token is told apart, since anybody can make up names. */
    private record Kind(Deed deed, Optional<Agent> caller) {

        static Kind of(AuditEntry entry) {
            var agent = entry.agent();
            return new Kind(
                    entry.deed(),
                    Optional.of(new Agent(agent.subject(), agent.client(), agent.fhirUser(), Optional.empty()))
                            .filter(known -> entry.status() == TOO_MANY));
        }
    }

    private final AuditLog log;
    private final Clock clock;
    private final Map<Kind, AuditEntry> counted = new LinkedHashMap<>();
    private Instant second = Instant.MIN;
    private int rows;

    /**
     * @param log takes what was counted
     */
    public Strangers(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Adds an act of somebody who has not proven who they are: a row of its own, or one more to the count. */
    public void record(SecurityEvent event) {
        log.append(admit(List.of(SecurityLog.entry(event))));
    }

    /** Those of the entries that get a row of their own. */
    public synchronized List<AuditEntry> admit(List<AuditEntry> entries) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!now.equals(second)) {
            second = now;
            rows = 0;
        }
        var admitted = new ArrayList<AuditEntry>();
        for (var entry : entries) {
            if (rows < ROWS_A_SECOND) {
                rows++;
                admitted.add(entry);
            } else {
                counted.merge(Kind.of(entry), entry, Strangers::together);
            }
        }
        return admitted;
    }

    /** The later of two, standing for both. */
    private static AuditEntry together(AuditEntry earlier, AuditEntry later) {
        return new AuditEntry(
                later.request(),
                later.agent(),
                later.deed(),
                later.status(),
                later.entity(),
                later.query(),
                earlier.times() + later.times());
    }

    private synchronized List<AuditEntry> rest() {
        var rest = List.copyOf(counted.values());
        counted.clear();
        return rest;
    }

    private synchronized void putBack(AuditEntry entry) {
        counted.merge(Kind.of(entry), entry, (later, earlier) -> together(earlier, later));
    }

    @Override
    public String name() {
        return "audit-strangers";
    }

    @Override
    public String topic() {
        return "audit-strangers";
    }

    /** Writes what was counted; a count is lost when the process is killed within the second. */
    @Override
    public Step step() {
        var rest = rest();
        if (rest.isEmpty()) {
            return Step.IDLE;
        }
        try {
            log.append(rest);
        } catch (RuntimeException e) {
            rest.forEach(this::putBack);
            throw e;
        }
        return Step.IDLE;
    }
}
