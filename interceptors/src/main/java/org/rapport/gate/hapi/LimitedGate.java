package org.rapport.gate.hapi;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Optional;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.access.hapi.Preconditions;
import org.rapport.access.hapi.StoredResources;
import org.rapport.condition.hapi.ConditionalCreates;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.mask.hapi.MaskedWrites;

/**
 * Judges what somebody does from whom something of the type may be hidden: by what is stored now, and by conditions in
 * their view.
 *
 * @param stored reads what is there now
 * @param conditions answer conditions of creates
 */
record LimitedGate(StoredResources stored, ConditionalCreates conditions) {

    /** A change by search finds nothing, whatever there is: what it finds could be hidden from the caller. */
    static void stopChangeBySearch(Action action, ServletRequestDetails request) {
        if (request.getId() == null
                && (action.interaction() == Interaction.UPDATE || action.interaction() == Interaction.PATCH)) {
            throw new FailureException(Failure.NOT_FOUND);
        }
    }

    /** Stops what is not for the caller, before the body is parsed. */
    void check(CallerAccess access, Action action, ServletRequestDetails request) {
        switch (action.interaction()) {
            case CREATE -> conditions.answer(access, request);
            case UPDATE, PATCH, DELETE, HISTORY_INSTANCE, OPERATION_INSTANCE -> {
                if (request.getId() == null || request.getHeader("Content-Location") != null) {
                    throw access.denied();
                }
                var current = stored.current(action.type(), request.getId().getIdPart())
                        .orElseThrow(() -> access.hidden(action));
                access.require(action, current);
                MaskedWrites.check(access, action, request, current);
                Preconditions.checkVersion(action, Optional.ofNullable(request.getHeader("If-Match")), current);
            }
            default -> {}
        }
    }
}
