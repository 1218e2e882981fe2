package org.rapport.booking;

import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.BOOKED;
import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.CANCELLED;
import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.PENDING;
import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.PROPOSED;
import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.WAITLIST;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.rapport.failure.Failure;
import org.rapport.ig.Guide;

/** What may become of an Appointment, and of the slots it has. */
public final class Transitions {

    /** How long a time is held. */
    public static final Duration HOLD = Duration.ofMinutes(10);

    private static final Set<AppointmentStatus> CANCELLABLE = EnumSet.of(PROPOSED, PENDING, BOOKED, WAITLIST);
    private static final Set<SlotStatus> OCCUPIED = EnumSet.of(SlotStatus.BUSY, SlotStatus.BUSYTENTATIVE);

    private Transitions() {}

    /** Makes an Appointment a hold that ends by itself. */
    public static void hold(Appointment visit, Instant now) {
        visit.setStatus(PENDING);
        HoldExpiry.set(visit, now.plus(HOLD));
    }

    /** Whether an Appointment is a hold that has run out. */
    public static boolean ranOut(Appointment visit, Instant now) {
        return visit.getStatus() == PENDING
                && HoldExpiry.of(visit).filter(expires -> !expires.isAfter(now)).isPresent();
    }

    /** Whether an Appointment will not take place and needs its time no more. */
    public static boolean isCalledOff(Appointment visit) {
        return visit.getStatus() == CANCELLED || visit.getStatus() == AppointmentStatus.ENTEREDINERROR;
    }

    /** Makes an Appointment a booking. */
    public static void book(Appointment visit) {
        visit.setStatus(BOOKED);
        HoldExpiry.remove(visit);
    }

    /**
     * Stops the booking of what is not held: also of a visit that waits for the practice to agree.
     *
     * @throws BookingRefused 409
     */
    public static void requireHeld(Appointment visit, Instant now) {
        boolean held = visit.getStatus() == PENDING && HoldExpiry.of(visit).isPresent();
        if (!held || ranOut(visit, now)) {
            throw new BookingRefused(Failure.of(409, "conflict", "The appointment is not held"));
        }
    }

    /**
     * Notes that the patient comes.
     *
     * @return whether that was news
     * @throws BookingRefused 422 when it is not booked
     */
    public static boolean confirm(Appointment visit) {
        if (visit.getStatus() != BOOKED) {
            throw BookingRefused.rule("Only a booked appointment can be confirmed");
        }
        var open = visit.getParticipant().stream()
                .filter(participant -> BookableTime.idOf(participant.getActor()).startsWith("Patient/"))
                .filter(participant -> participant.getStatus() != ParticipationStatus.ACCEPTED)
                .toList();
        open.forEach(participant -> participant.setStatus(ParticipationStatus.ACCEPTED));
        return !open.isEmpty();
    }

    /**
     * Calls an Appointment off.
     *
     * @return whether that was news
     * @throws BookingRefused 422 when it has begun or is over
     */
    public static boolean cancel(Appointment visit, Optional<CodeableConcept> reason) {
        if (visit.getStatus() == CANCELLED) {
            return false;
        }
        if (!CANCELLABLE.contains(visit.getStatus())) {
            throw BookingRefused.rule("An appointment that has begun or is over cannot be cancelled");
        }
        visit.setStatus(CANCELLED);
        reason.ifPresent(visit::setCancelationReason);
        HoldExpiry.remove(visit);
        return true;
    }

    /** Why a hold that ran out is cancelled. */
    public static CodeableConcept holdExpired() {
        return new CodeableConcept()
                .addCoding(new Coding(
                        Guide.CANONICAL + "/CodeSystem/cancellation-reason", "hold-expired", "Hold expired"));
    }

    /**
     * Gives a slot its next status.
     *
     * @return whether it had another; a slot that the practice has closed is left alone
     */
    public static boolean mark(Slot slot, SlotStatus next) {
        boolean changes = slot.getStatus() != next
                && (slot.getStatus() == SlotStatus.FREE || OCCUPIED.contains(slot.getStatus()));
        if (changes) {
            slot.setStatus(next);
        }
        return changes;
    }
}
