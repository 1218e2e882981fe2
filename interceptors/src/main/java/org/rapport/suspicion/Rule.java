package org.rapport.suspicion;

import java.util.Optional;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Interaction;

/** Looks at one row of the audit log after the other, in their order, and remembers what it needs. */
interface Rule {

    /** What the row completes; the same may be said again and again. */
    Optional<Suspicion> judge(AuditRow row);

    /** Whether somebody saw something of a patient. */
    static boolean showsARecord(AuditRow row) {
        var entry = row.entry();
        return entry.deed() instanceof Interaction
                && entry.status() < 400
                && entry.entity().patient().isPresent()
                && (entry.deed().action().equals("R") || entry.deed().action().equals("E"));
    }

    /** Whether a practitioner saw something of a patient. */
    static boolean showsAPractitioner(AuditRow row) {
        return showsARecord(row)
                && row.entry()
                        .agent()
                        .fhirUser()
                        .filter(user -> user.startsWith("Practitioner/"))
                        .isPresent();
    }

    /** The patient of a row that shows a record. */
    static String patient(AuditRow row) {
        return row.entry().entity().patient().orElse("");
    }
}
