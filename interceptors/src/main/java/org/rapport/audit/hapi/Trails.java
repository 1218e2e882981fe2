package org.rapport.audit.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Caller;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditTrail;

/** Finds the audit trail of a request, and who made the request. */
public final class Trails {

    private Trails() {}

    /** For a write on behalf of somebody who does not speak FHIR. */
    public static RequestDetails inside(AuditTrail trail) {
        var details = new SystemRequestDetails();
        details.getUserData().put(AuditTrail.ATTRIBUTE, trail);
        return details;
    }

    /** The trail of a request; work in the background has one under its own name. */
    public static AuditTrail of(@Nullable RequestDetails request) {
        if (request instanceof ServletRequestDetails details
                && details.getServletRequest() != null
                && details.getServletRequest().getAttribute(AuditTrail.ATTRIBUTE) instanceof AuditTrail trail) {
            Optional.ofNullable(details.getRequestId()).ifPresent(trail::rename);
            return trail;
        }
        if (request != null && request.getUserData().get(AuditTrail.ATTRIBUTE) instanceof AuditTrail trail) {
            return trail;
        }
        var id = request == null ? null : request.getRequestId();
        return AuditTrail.ofServer(Objects.requireNonNullElse(id, "background"));
    }

    /** Who made the request. */
    public static Agent agent(@Nullable RequestDetails request) {
        return of(request).agent(caller(request).orElse(null));
    }

    /** Whoever made the request with a token. */
    static Optional<Caller> caller(@Nullable RequestDetails request) {
        return request instanceof ServletRequestDetails details
                        && details.getServletRequest() != null
                        && details.getServletRequest().getAttribute(Caller.class.getName()) instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
