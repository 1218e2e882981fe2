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

    static AuditEntry entry(SecurityEvent event) {
        var object = Optional.of(event.object()).filter(Predicate.not(String::isEmpty));
        return new AuditEntry(
                UUID.randomUUID().toString(),
                event.agent(),
                event.kind(),
                event.success() ? DONE : REFUSED,
                new Entity(Optional.empty(), object, Optional.empty(), Optional.empty()),
                Optional.of(event.detail()).filter(Predicate.not(String::isEmpty)),
                1);
    }
}
