package org.rapport.audit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Adds acts on identities to the audit log, in the transaction that runs if one runs. */
public final class SecurityLog {

    private static final int DONE = 200;
    private static final int REFUSED = 403;

    private final AuditLog log;

    public SecurityLog(AuditLog log) {
        this.log = log;
    }

    /** Adds one row; it is there when this returns and the transaction, if one runs, commits. */
    public void record(SecurityEvent event) {
        log.append(List.of(entry(event)));
    }

    /** The same of an act that concerns the record of a patient, who sees it in the access log. */
    public void record(SecurityEvent event, String patient) {
        log.append(List.of(entry(event, Optional.of(patient))));
    }

    static AuditEntry entry(SecurityEvent event) {
        return entry(event, Optional.empty());
    }

    private static AuditEntry entry(SecurityEvent event, Optional<String> patient) {
        var object = Optional.of(event.object()).filter(Predicate.not(String::isEmpty));
        return new AuditEntry(
                UUID.randomUUID().toString(),
                event.agent(),
                event.kind(),
                event.success() ? DONE : REFUSED,
                new Entity(Optional.empty(), object, Optional.empty(), patient),
                Optional.of(event.detail()).filter(Predicate.not(String::isEmpty)),
                1);
    }
}
