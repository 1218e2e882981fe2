package org.rapport.changes.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.rapport.changes.Change;
import org.rapport.changes.TransactionChanges;

/**
 * Logs each write of the store, whoever does it: a request, the demo, work in the background.
 *
 * <p>HAPI calls these hooks inside the transaction and may call them again for its retry, in a transaction of its own. An
 * update that changes nothing calls none.
 */
@Interceptor
class ChangeInterceptor {

    private final TransactionChanges changes;

    ChangeInterceptor(TransactionChanges changes) {
        this.changes = changes;
    }

    /** A new resource. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        add(resource, Change.Kind.CREATED);
    }

    /** A resource with a new version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after) {
        add(after, Change.Kind.UPDATED);
    }

    /** A deleted resource; its version is that of the deletion. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    public void deleted(IBaseResource resource) {
        add(resource, Change.Kind.DELETED);
    }

    private void add(IBaseResource resource, Change.Kind kind) {
        var id = resource.getIdElement();
        changes.add(new Change(resource.fhirType(), id.getIdPart(), id.getVersionIdPartAsLong(), kind));
    }
}
