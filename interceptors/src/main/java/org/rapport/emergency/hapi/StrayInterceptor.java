package org.rapport.emergency.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Caller;
import org.rapport.access.EmergencySearch;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.StoredResources;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.rapport.audit.hapi.Trails;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.springframework.dao.DataAccessException;

/**
 * Writes down that somebody who broke the glass for one patient asked for another, for the rules that raise alarms. The
 * answer stays that of an unknown id.
 */
@Interceptor(order = StrayInterceptor.ORDER)
class StrayInterceptor {

    /** Before the hooks that put another exception into the place of this one. */
    static final int ORDER = -1100;

    private final StoredResources stored;
    private final RecordOwners owners;
    private final SecurityLog log;

    StrayInterceptor(StoredResources stored, RecordOwners owners, SecurityLog log) {
        this.stored = stored;
        this.owners = owners;
        this.log = log;
    }

    /**
     * Looks at a request that was refused.
     *
     * @return 503 when it cannot be written down
     */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public @Nullable BaseServerResponseException record(ServletRequestDetails request, Throwable refusal) {
        try {
            if (request.getServletRequest().getAttribute(Caller.class.getName()) instanceof Caller caller
                    && caller.breaksGlass()
                    && strays(request, caller)) {
                var asked = Optional.ofNullable(request.getRequestPath()).orElse("");
                log.record(SecurityEvent.failed(Kind.BREAK_GLASS_STRAYED, Trails.agent(request), asked, ""));
            }
            return null;
        } catch (DataAccessException e) {
            return new FailureException(Failure.UNAVAILABLE);
        }
    }

    private boolean strays(ServletRequestDetails request, Caller caller) {
        var type = Objects.requireNonNullElse(request.getResourceName(), "");
        return request.getId() == null
                ? EmergencySearch.strays(caller, type, request.getParameters())
                : stored.current(type, request.getId().getIdPart())
                        .map(owners::patients)
                        .filter(patients -> !patients.isEmpty())
                        .filter(patients ->
                                !caller.patient().filter(patients::contains).isPresent())
                        .isPresent();
    }
}
