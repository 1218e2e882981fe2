package org.rapport.access.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Caller;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Asks the access decision for an operation that reads and writes with the server's own rights: whether its caller may run
 * it on a resource.
 */
public final class OperationAccess {

    private final CallerAccess.Source callers;

    OperationAccess(CallerAccess.Source callers) {
        this.callers = callers;
    }

    /** Who sent the request. */
    public Caller caller(RequestDetails request) {
        return access(request).caller();
    }

    /**
     * Stops the operation of the request on a stored resource.
     *
     * @throws FailureException 404 when the caller may not even read it, 403 when only the operation is not for them
     */
    public void requireOnStored(RequestDetails request, Resource stored) {
        access(request).require(RequestActions.of(request), stored);
    }

    /**
     * Stops the operation of the request on a resource that it would make.
     *
     * @throws FailureException 403 when it would belong to a record that is not the caller's to write
     */
    public void requireOnNew(RequestDetails request, Resource made) {
        access(request).requireContent(RequestActions.of(request), made);
    }

    private CallerAccess access(RequestDetails request) {
        return callers.of(request).orElseThrow(() -> new FailureException(Failure.NOT_AUTHENTICATED));
    }
}
