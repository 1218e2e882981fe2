package org.rapport.booking;

import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.ARRIVED;
import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.BOOKED;
import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.CHECKEDIN;
import static org.hl7.fhir.r4.model.Appointment.AppointmentStatus.PENDING;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipantRequired;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.rapport.failure.Failure;

/**
 * All the time that one Appointment takes.
 *
 * @param appointment logical id
 * @param claims one for each actor; none when the Appointment takes nobody's time, or no longer
 * @param expires when they end by themselves; empty for a booking, which stays
 */
public record Claims(String appointment, List<Claim> claims, Optional<Instant> expires) {

    private static final Set<AppointmentStatus> TAKING = EnumSet.of(PENDING, BOOKED, ARRIVED, CHECKEDIN);

    /** Keeps its own copy of the claims. */
    public Claims {
        claims = List.copyOf(claims);
    }

    /** The claims of an Appointment that is gone. */
    public static Claims none(String appointment) {
        return new Claims(appointment, List.of(), Optional.empty());
    }

    /**
     * What an Appointment claims by its status, its times and its participants.
     *
     * @throws BookingRefused 422 when it takes somebody's time without saying from when to when
     */
    public static Claims of(Appointment appointment, ClaimedActors actors) {
        var id = appointment.getIdElement().getIdPart();
        if (!TAKING.contains(appointment.getStatus())) {
            return none(id);
        }
        var taken = appointment.getParticipant().stream()
                .filter(Claims::attends)
                .map(AppointmentParticipantComponent::getActor)
                .flatMap(actor -> actors.of(actor).stream())
                .distinct()
                .toList();
        if (taken.isEmpty()) {
            return none(id);
        }
        var start = start(appointment);
        var end = end(appointment, start);
        var expires = appointment.getStatus() == PENDING ? HoldExpiry.of(appointment) : Optional.<Instant>empty();
        return new Claims(
                id, taken.stream().map(actor -> new Claim(actor, start, end)).toList(), expires);
    }

    private static boolean attends(AppointmentParticipantComponent participant) {
        return participant.getStatus() != ParticipationStatus.DECLINED
                && participant.getRequired() != ParticipantRequired.INFORMATIONONLY;
    }

    private static Instant start(Appointment appointment) {
        if (!appointment.hasStart()) {
            throw new BookingRefused(unbounded());
        }
        return appointment.getStart().toInstant();
    }

    private static Instant end(Appointment appointment, Instant start) {
        var end = appointment.hasEnd()
                ? appointment.getEnd().toInstant()
                : start.plus(Duration.ofMinutes(appointment.getMinutesDuration()));
        if (!end.isAfter(start)) {
            throw new BookingRefused(unbounded());
        }
        return end;
    }

    private static Failure unbounded() {
        return Failure.of(
                422, "processing", "An appointment that takes somebody's time needs a start and an end after it");
    }
}
