package org.rapport.booking.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Appointment;
import org.rapport.booking.BookingRefused;
import org.rapport.booking.ClaimedActors;
import org.rapport.booking.Claims;
import org.rapport.booking.TransactionClaims;
import org.rapport.failure.hapi.FailureException;

/** Claims the time of each Appointment in the transaction that writes it, whoever does: no way in leads past it. */
@Interceptor
class ClaimInterceptor {

    private final TransactionClaims claims;
    private final ClaimedActors actors;

    ClaimInterceptor(TransactionClaims claims, ClaimedActors actors) {
        this.claims = claims;
        this.actors = actors;
    }

    /** A new resource. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        claim(resource);
    }

    /** A resource with a new version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource after) {
        claim(after);
    }

    /** A resource that is gone. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    public void deleted(IBaseResource resource) {
        if (resource instanceof Appointment appointment) {
            claims.add(Claims.none(appointment.getIdElement().getIdPart()));
        }
    }

    private void claim(IBaseResource resource) {
        if (resource instanceof Appointment appointment) {
            try {
                claims.add(Claims.of(appointment, actors));
            } catch (BookingRefused e) {
                throw new FailureException(e.failure());
            }
        }
    }
}
