package org.rapport.access.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AccessRules;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Asks the access decision for an operation that reads and writes with the server's own rights: whether its caller may run
 * it on a resource.
 */
public final class OperationAccess {

    private final CallerAccess.Source callers;
    private final VisibleReferences references;

    public OperationAccess(CallerAccess.Source callers, VisibleReferences references) {
        this.callers = callers;
        this.references = references;
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
        writing(request).require(RequestActions.of(request), stored);
    }

    /**
     * Stops the operation of the request on a resource that it would make.
     *
     * @throws FailureException 403 when it would belong to a record that is not the caller's to write, 422 when it would
     *     refer to what the caller may not see
     */
    public void requireOnNew(RequestDetails request, Resource made) {
        var access = writing(request);
        var action = RequestActions.of(request);
        if (!AccessRules.isWatching(access.caller(), action)) {
            references.check(access, action, Optional.empty(), made);
        }
        access.requireContent(action, made);
    }

    /** Whether the caller may learn of a stored resource: by reading it, or because watching over access is their task. */
    public boolean mayKnow(RequestDetails request, Resource stored) {
        var access = access(request);
        return AccessRules.isWatching(access.caller(), RequestActions.of(request))
                || access.may(Interaction.READ, stored);
    }

    /** Within a transaction by what is committed by now: a right may have been taken away since the request began. */
    private CallerAccess writing(RequestDetails request) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? callers.byNow(request).orElseThrow(() -> new FailureException(Failure.NOT_AUTHENTICATED))
                : access(request);
    }

    private CallerAccess access(RequestDetails request) {
        return callers.of(request).orElseThrow(() -> new FailureException(Failure.NOT_AUTHENTICATED));
    }
}
