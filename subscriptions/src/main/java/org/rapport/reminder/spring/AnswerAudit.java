package org.rapport.reminder.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.Strangers;
import org.rapport.reminder.ActionLinks.Purpose;

/**
 * Writes down who looked behind a link, before the page leaves: no row, no page.
 *
 * @param log takes the rows; what a form changed is recorded with the change
 * @param strangers keeps those who try links that do not exist from filling it
 */
record AnswerAudit(AuditLog log, Strangers strangers) {

    /** The trail of one request, under an id of its own. */
    static AuditTrail trail(HttpServletRequest request) {
        return AuditTrail.ofLink(UUID.randomUUID().toString(), request.getRemoteAddr());
    }

    /**
     * Records one request.
     *
     * @param purpose what the link is for, if there is such a link
     * @param status HTTP status of the page
     */
    void append(AuditTrail trail, Optional<Purpose> purpose, int status) {
        var what = purpose.map(wanted -> new Entity(
                        Optional.of("Appointment"),
                        Optional.of(wanted.appointment()),
                        Optional.empty(),
                        Optional.of(wanted.patient())))
                .orElse(Entity.NONE);
        var entries = trail.entries(trail.agent(null), Interaction.READ, status, what, Set.of());
        log.append(purpose.isPresent() ? entries : strangers.admit(entries));
    }
}
