package org.rapport.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rapport.work.Work;

/**
 * Keeps a flood of requests without a token from filling the log: ten rows a second, the others are counted and written
 * as one.
 */
public final class Strangers implements Work {

    private static final int ROWS_A_SECOND = 10;

    private final AuditLog log;
    private final Clock clock;
    private Instant second = Instant.MIN;
    private int rows;
    private int counted;
    private @Nullable AuditEntry last;

    /**
     * @param log takes what was counted
     */
    public Strangers(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
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
                counted++;
                last = entry;
            }
        }
        return admitted;
    }

    private synchronized List<AuditEntry> rest() {
        var entry = last;
        if (entry == null) {
            return List.of();
        }
        var rest = new AuditEntry(
                entry.request(), entry.agent(), entry.deed(), entry.status(), entry.entity(), entry.query(), counted);
        counted = 0;
        last = null;
        return List.of(rest);
    }

    private synchronized void putBack(AuditEntry entry) {
        counted += entry.times();
        last = entry;
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
