package org.rapport.suspicion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Interaction;

/**
 * Shows each row of the audit log to all rules. What one of them finds it tells once for its time, and nothing of the server
 * itself or of a client that is trusted to read much and acts by itself.
 */
public final class Watch {

    private final Limits limits;
    private final List<Rule> rules;
    private final Map<String, Suspicion> told = new Trace.Recent<>(20_000);

    public Watch(Limits limits, Past past, People people) {
        this.limits = limits;
        this.rules = List.of(
                new MassReading(limits),
                new UnusualDay(limits, past),
                new OutsideCare(limits, people),
                new OftenRefused(),
                new ForeignSignIn(past),
                new OftenBrokenGlass(),
                new MisusedEmergency(),
                new UnusualHour(limits, past),
                new ReadingAfterChange());
    }

    /** What a row gives reason to suspect. */
    public List<Suspicion> look(AuditRow row) {
        if (isTrusted(row)) {
            return List.of();
        }
        return rules.stream()
                .map(rule -> rule.judge(row))
                .flatMap(Optional::stream)
                .filter(this::isNews)
                .toList();
    }

    private boolean isTrusted(AuditRow row) {
        var agent = row.entry().agent();
        boolean server = agent.address().isEmpty() && agent.client().isEmpty();
        return server
                || (row.entry().deed() instanceof Interaction
                        && agent.subject().equals(agent.client())
                        && agent.client()
                                .filter(limits.trustedClients()::contains)
                                .isPresent());
    }

    private boolean isNews(Suspicion suspicion) {
        var before = told.put(suspicion.rule() + ' ' + suspicion.actor(), suspicion);
        return before == null || !before.since().equals(suspicion.since());
    }
}
