package org.rapport.changes.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.RecordOwners;
import org.rapport.audit.hapi.Trails;
import org.rapport.changes.Change;
import org.rapport.changes.TransactionChanges;
import org.rapport.changes.Write;

/**
 * Logs each write of the store, for those who react to it and for the audit, whoever does it: a request, the demo, work in the background.
 *
 * <p>HAPI calls these hooks inside the transaction and may call them again for its retry, in a transaction of its own. An
 * update that changes nothing calls none.
 */
@Interceptor
class ChangeInterceptor {

    private final TransactionChanges changes;
    private final RecordOwners owners;

    ChangeInterceptor(TransactionChanges changes, RecordOwners owners) {
        this.changes = changes;
        this.owners = owners;
    }

    /** A new resource. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource, @Nullable RequestDetails request) {
        add(resource, Change.Kind.CREATED, request);
    }

    /** A resource with a new version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
        add(after, Change.Kind.UPDATED, request);
    }

    /** A deleted resource; its version is that of the deletion. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    public void deleted(IBaseResource resource, @Nullable RequestDetails request) {
        add(resource, Change.Kind.DELETED, request);
    }

    private void add(IBaseResource resource, Change.Kind kind, @Nullable RequestDetails request) {
        var id = resource.getIdElement();
        var change = new Change(resource.fhirType(), id.getIdPart(), id.getVersionIdPartAsLong(), kind);
        changes.add(new Write(change, owners.met((Resource) resource), Trails.agent(request), Trails.of(request)));
    }
}
