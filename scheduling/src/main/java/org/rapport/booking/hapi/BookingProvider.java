package org.rapport.booking.hapi;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Caller;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.booking.BookingRefused;
import org.rapport.failure.hapi.FailureException;

/**
 * The operations on Appointment.
 *
 * @see <a href="https://profiles.ihe.net/ITI/Scheduling/">IHE ITI Scheduling 1.0.1, ITI-115 to ITI-117</a>
 */
@FhirProvider
public final class BookingProvider {

    private final Openings openings;
    private final BookingDesk desk;
    private final HoldSweep holds;
    private final OperationAccess access;
    private final PublicOrigin origin;

    BookingProvider(Openings openings, BookingDesk desk, HoldSweep holds, OperationAccess access, PublicOrigin origin) {
        this.openings = openings;
        this.desk = desk;
        this.holds = holds;
        this.access = access;
        this.origin = origin;
    }

    /** Lists free times; nothing in the answer is about a patient. */
    @Operation(name = "$find", typeName = "Appointment")
    public Bundle find(@ResourceParam @Nullable Parameters parameters, RequestDetails request) {
        try {
            var input = input(parameters);
            input.patients().forEach(patient -> access.requireOnNew(request, visitOf(new Reference(patient))));
            return new Answers(origin)
                    .openings(input.query().map(openings::find).orElse(List.of()));
        } catch (BookingRefused e) {
            throw new FailureException(e.failure());
        }
    }

    /** Keeps a time for ten minutes. */
    @Operation(name = "$hold", typeName = "Appointment")
    public Bundle hold(@ResourceParam @Nullable Parameters parameters, RequestDetails request) {
        return reserved(wish(parameters, request), wish -> desk.hold(request, wish));
    }

    /** Books a time, held or not. */
    @Operation(name = "$book", typeName = "Appointment")
    public Bundle book(@ResourceParam @Nullable Parameters parameters, RequestDetails request) {
        return reserved(wish(parameters, request), wish -> desk.book(request, wish));
    }

    /** Notes that the patient comes. */
    @Operation(name = "$confirm", typeName = "Appointment")
    public Appointment confirm(@IdParam IdType id, RequestDetails request) {
        return desk.confirm(request, id.getIdPart());
    }

    /** Calls a visit off. */
    @Operation(name = "$cancel", typeName = "Appointment")
    public Appointment cancel(
            @IdParam IdType id, @ResourceParam @Nullable Parameters parameters, RequestDetails request) {
        try {
            return desk.cancel(request, id.getIdPart(), input(parameters).reason());
        } catch (BookingRefused e) {
            throw new FailureException(e.failure());
        }
    }

    private Bundle reserved(Wish wish, Function<Wish, Appointment> reserve) {
        try {
            holds.sweep();
            return new Answers(origin).appointment(reserve.apply(wish));
        } catch (FailureException e) {
            throw e.getStatusCode() == BookingRefused.TAKEN.status()
                    ? Answers.withAlternatives(e, openings.near(wish.slots()))
                    : e;
        }
    }

    private Wish wish(@Nullable Parameters parameters, RequestDetails request) {
        try {
            var caller = access.caller(request);
            var self = caller.is(Caller.Role.PATIENT) ? caller.patient() : Optional.<String>empty();
            var wish = input(parameters).wish(self);
            wish.patient().ifPresent(patient -> access.requireOnNew(request, visitOf(patient)));
            return wish;
        } catch (BookingRefused e) {
            throw new FailureException(e.failure());
        }
    }

    private BookingInput input(@Nullable Parameters parameters) {
        return new BookingInput(origin, parameters == null ? new Parameters() : parameters);
    }

    private static Appointment visitOf(Reference patient) {
        var visit = new Appointment();
        visit.addParticipant().setActor(patient);
        return visit;
    }
}
