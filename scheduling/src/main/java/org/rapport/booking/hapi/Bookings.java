package org.rapport.booking.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.booking.ActiveBookings;
import org.rapport.booking.BookableTime;
import org.rapport.booking.BookingAnswers.Answer;
import org.rapport.booking.BookingRefused;
import org.rapport.booking.Transitions;
import org.rapport.failure.Failure;

/**
 * Holds, books, confirms and cancels, always in the transaction that runs: the Appointment, its slots and its claims change
 * together. Who works on an Appointment or a slot keeps the others waiting, so that each sees what the one before has done.
 */
final class Bookings {

    private final Calendar calendar;
    private final ActiveBookings claims;
    private final OperationAccess access;
    private final Clock clock;

    Bookings(Calendar calendar, ActiveBookings claims, OperationAccess access, Clock clock) {
        this.calendar = calendar;
        this.claims = claims;
        this.access = access;
        this.clock = clock;
    }

    /** Keeps a time for ten minutes. */
    Appointment hold(RequestDetails request, Wish wish) {
        return reserve(request, wish, SlotStatus.BUSYTENTATIVE, Transitions::hold);
    }

    /** Books a time, or turns a hold into a booking; a booking stays as it is. */
    Appointment book(RequestDetails request, Wish wish) {
        if (wish.stored().isPresent()) {
            var visit = alone(request, wish.stored().get());
            if (visit.getStatus() == AppointmentStatus.BOOKED) {
                return visit;
            }
            if (visit.getStatus() != AppointmentStatus.PROPOSED) {
                return bookHeld(visit);
            }
        }
        return reserve(request, wish, SlotStatus.BUSY, (visit, now) -> Transitions.book(visit));
    }

    /** An Appointment as it once was. */
    Appointment version(Answer answer) {
        return calendar.appointment(answer.appointment(), answer.version());
    }

    /** Notes that the patient comes. */
    Appointment confirm(RequestDetails request, String id) {
        var visit = alone(request, id);
        return Transitions.confirm(visit) ? calendar.write(visit) : visit;
    }

    /** Calls a visit off and gives its time back. */
    Appointment cancel(RequestDetails request, String id, Optional<CodeableConcept> reason) {
        return cancel(alone(request, id), reason);
    }

    /** Cancels a hold that has run out; anything else is left alone. */
    void expire(String id) {
        claims.lock(List.of("Appointment/" + id));
        calendar.appointment(id)
                .filter(visit -> Transitions.ranOut(visit, clock.instant()))
                .ifPresent(visit -> cancel(visit, Optional.of(Transitions.holdExpired())));
    }

    private Appointment reserve(
            RequestDetails request, Wish wish, SlotStatus slots, BiConsumer<Appointment, Instant> become) {
        var before = wish.stored().map(id -> alone(request, id));
        if (before.isPresent() && before.get().getStatus() != AppointmentStatus.PROPOSED) {
            throw new BookingRefused(BookingRefused.TAKEN);
        }
        var about = before.orElse(wish.about());
        claims.lock(names(Wish.slotsOf(about)));
        var time = calendar.time(Wish.slotsOf(about));
        time.requireOffered(clock.instant());
        var visit = time.visit(about, patient(wish, before), clock.instant());
        before.ifPresent(stored -> visit.setId(stored.getIdElement()));
        become.accept(visit, clock.instant());
        mark(time, slots);
        return calendar.write(visit);
    }

    private static Reference patient(Wish wish, Optional<Appointment> before) {
        return wish.patient()
                .or(() -> before.flatMap(BookingInput::patientOf))
                .orElseThrow(() -> new BookingRefused(Failure.invalid("Name one patient")));
    }

    private Appointment bookHeld(Appointment visit) {
        Transitions.requireHeld(visit, clock.instant());
        claims.lock(names(Wish.slotsOf(visit)));
        for (var slot : calendar.slots(Wish.slotsOf(visit))) {
            if (slot.getStatus() != SlotStatus.BUSYTENTATIVE && slot.getStatus() != SlotStatus.FREE) {
                throw new BookingRefused(BookingRefused.TAKEN);
            }
            mark(slot, SlotStatus.BUSY);
        }
        Transitions.book(visit);
        return calendar.write(visit);
    }

    private Appointment cancel(Appointment visit, Optional<CodeableConcept> reason) {
        if (!Transitions.cancel(visit, reason)) {
            return visit;
        }
        free(visit);
        return calendar.write(visit);
    }

    /**
     * Gives back the time of those visits that were called off, by whatever way. It waits for no Appointment: whoever works
     * on one may be waiting for a slot that is held here.
     */
    void release(List<String> ids) {
        var visits = ids.stream()
                .flatMap(id -> calendar.appointment(id).stream())
                .filter(Transitions::isCalledOff)
                .toList();
        claims.lock(visits.stream()
                .flatMap(visit -> names(Wish.slotsOf(visit)).stream())
                .toList());
        visits.forEach(this::free);
    }

    private void free(Appointment visit) {
        var id = visit.getIdElement().getIdPart();
        claims.lock(names(Wish.slotsOf(visit)));
        for (var slot : calendar.slots(Wish.slotsOf(visit))) {
            boolean taken = slot.getStatus() == SlotStatus.BUSY || slot.getStatus() == SlotStatus.BUSYTENTATIVE;
            if (taken && calendar.claimsOn(slot).stream().noneMatch(time -> claims.takenByOthers(id, time))) {
                mark(slot, SlotStatus.FREE);
            }
        }
    }

    /** The Appointment, for this transaction alone, if the caller may run the operation on it. */
    private Appointment alone(RequestDetails request, String id) {
        claims.lock(List.of("Appointment/" + id));
        var visit = calendar.appointment(id).orElseThrow(() -> new BookingRefused(Failure.NOT_FOUND));
        access.requireOnStored(request, visit);
        return visit;
    }

    private void mark(BookableTime time, SlotStatus status) {
        time.slots().forEach(slot -> mark(slot, status));
    }

    private void mark(Slot slot, SlotStatus status) {
        if (Transitions.mark(slot, status)) {
            calendar.write(slot);
        }
    }

    private static List<String> names(List<String> slots) {
        return slots.stream().map("Slot/"::concat).toList();
    }
}
