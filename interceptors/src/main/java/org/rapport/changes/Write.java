package org.rapport.changes;

import java.util.Set;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditTrail;

/**
 * A change with what its audit row needs to say.
 *
 * @param change what was written
 * @param patients logical ids of the patients whom it is about
 * @param agent who did it
 * @param trail of the request that did it
 */
public record Write(Change change, Set<String> patients, Agent agent, AuditTrail trail) {

    /** Keeps its own copy of the patients. */
    public Write {
        patients = Set.copyOf(patients);
    }
}
