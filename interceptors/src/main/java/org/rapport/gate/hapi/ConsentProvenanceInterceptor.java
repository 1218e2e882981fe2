package org.rapport.gate.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.DeleteConflictList;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.ConsentProvenanceRule;
import org.rapport.access.hapi.CallerAccess;

/**
 * Keeps the Provenance of Consents as the server wrote it, from systems too: nobody else adds one, changes one, or takes one
 * away while its Consent is there. It looks when a write is about to be committed, since only then all references are found.
 */
@Interceptor
class ConsentProvenanceInterceptor {

    private final CallerAccess.Source callers;
    private final ConsentProvenanceRule rule;

    ConsentProvenanceInterceptor(CallerAccess.Source callers, ConsentProvenanceRule rule) {
        this.callers = callers;
        this.rule = rule;
    }

    /** A new resource. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource, RequestDetails request) {
        refuse(request, ConsentProvenanceRule.is((Resource) resource));
    }

    /** A resource with a new version; what it was counts as much as what it is. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(@Nullable IBaseResource before, IBaseResource after, RequestDetails request) {
        refuse(
                request,
                ConsentProvenanceRule.is((Resource) after)
                        || (before != null && ConsentProvenanceRule.is((Resource) before)));
    }

    /** A resource that is gone. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    public void deleted(IBaseResource resource, RequestDetails request) {
        refuse(request, resource instanceof Provenance provenance && rule.isNeeded(provenance));
    }

    /** A Consent can be deleted as ever: its Provenance stays behind. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_DELETE_CONFLICTS)
    public void leaveBehind(DeleteConflictList conflicts) {
        conflicts.removeIf(
                conflict -> "Provenance".equals(conflict.getSourceId().getResourceType())
                        && "Consent".equals(conflict.getTargetId().getResourceType()));
    }

    private void refuse(RequestDetails request, boolean forServerAlone) {
        if (forServerAlone) {
            callers.of(request).ifPresent(access -> {
                throw access.denied();
            });
        }
    }
}
