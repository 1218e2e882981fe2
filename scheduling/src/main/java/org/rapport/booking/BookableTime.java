package org.rapport.booking;

import static ca.uhn.fhir.model.api.TemporalPrecisionEnum.SECOND;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.ParticipantRequired;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.rapport.ig.Profile;

/**
 * The time of one slot, or of several that follow each other without a gap.
 *
 * @param schedule whose slots they are
 * @param slots earliest first
 */
public record BookableTime(Schedule schedule, List<Slot> slots) {

    /**
     * Puts the slots in order.
     *
     * @throws BookingRefused 422 when there is a gap, an overlap, no slot, or one of another schedule
     */
    public BookableTime {
        if (slots.isEmpty()) {
            throw BookingRefused.rule("The appointment needs the slot it shall take");
        }
        slots = slots.stream()
                .sorted(Comparator.comparing(BookableTime::startOf))
                .toList();
        var schedules = slots.stream().map(slot -> idOf(slot.getSchedule())).collect(Collectors.toSet());
        if (!schedules.equals(Set.of("Schedule/" + schedule.getIdElement().getIdPart()))) {
            throw BookingRefused.rule("The slots of an appointment are those of one schedule");
        }
        for (int next = 1; next < slots.size(); next++) {
            if (!startOf(slots.get(next)).equals(endOf(slots.get(next - 1)))) {
                throw BookingRefused.rule("The slots of an appointment follow each other without a gap");
            }
        }
    }

    /** First moment. */
    public Instant start() {
        return startOf(slots.get(0));
    }

    /** First moment after it. */
    public Instant end() {
        return endOf(slots.get(slots.size() - 1));
    }

    /**
     * Stops the booking of what is not on offer.
     *
     * @throws BookingRefused 409 when it is not free, 422 when it cannot be booked any more
     */
    public void requireOffered(Instant now) {
        if (slots.stream().anyMatch(slot -> slot.getStatus() != SlotStatus.FREE)) {
            throw new BookingRefused(BookingRefused.TAKEN);
        }
        if (!start().isAfter(now) || (schedule.hasActive() && !schedule.getActive())) {
            throw BookingRefused.rule("The slot cannot be booked any more");
        }
    }

    /**
     * The visit that somebody asks for, at this time and with those whose schedule it is. Of the wish only what the visit
     * is about is taken over.
     *
     * @throws BookingRefused 422 when the wish names another time or somebody else
     */
    public Appointment visit(Appointment wish, Reference patient, Instant now) {
        requireSame(wish);
        var visit = about(wish);
        visit.getMeta().addProfile(Profile.BOOKED_APPOINTMENT.canonical());
        visit.setCreatedElement(new DateTimeType(Date.from(now), SECOND, TimeZone.getTimeZone("UTC")));
        visit.setStartElement(slots.get(0).getStartElement().copy());
        visit.setEndElement(slots.get(slots.size() - 1).getEndElement().copy());
        visit.setMinutesDuration((int) Duration.between(start(), end()).toMinutes());
        slots.forEach(slot ->
                visit.addSlot(new Reference("Slot/" + slot.getIdElement().getIdPart())));
        addParticipant(visit, patient, ParticipationStatus.NEEDSACTION);
        schedule.getActor().forEach(actor -> addParticipant(visit, actor, ParticipationStatus.ACCEPTED));
        return visit;
    }

    private Appointment about(Appointment wish) {
        var first = slots.get(0);
        return new Appointment()
                .setServiceCategory(wish.getServiceCategory())
                .setServiceType(wish.hasServiceType() ? wish.getServiceType() : first.getServiceType())
                .setSpecialty(wish.hasSpecialty() ? wish.getSpecialty() : first.getSpecialty())
                .setAppointmentType(wish.getAppointmentType())
                .setReasonCode(wish.getReasonCode())
                .setDescription(wish.getDescription())
                .setComment(wish.getComment());
    }

    private void requireSame(Appointment wish) {
        boolean sameStart = !wish.hasStart() || wish.getStart().toInstant().equals(start());
        boolean sameEnd = !wish.hasEnd() || wish.getEnd().toInstant().equals(end());
        if (!sameStart || !sameEnd) {
            throw BookingRefused.rule("The appointment and its slot differ in start or end");
        }
        var actors = schedule.getActor().stream().map(BookableTime::idOf).collect(Collectors.toSet());
        boolean strangers = wish.getParticipant().stream()
                .map(AppointmentParticipantComponent::getActor)
                .map(BookableTime::idOf)
                .anyMatch(actor -> !actor.startsWith("Patient/") && !actors.contains(actor));
        if (strangers) {
            throw BookingRefused.rule("The slot is not of a schedule of the participants");
        }
    }

    private static void addParticipant(Appointment visit, Reference actor, ParticipationStatus status) {
        visit.addParticipant()
                .setActor(actor)
                .setRequired(ParticipantRequired.REQUIRED)
                .setStatus(status);
    }

    private static Instant startOf(Slot slot) {
        return slot.getStart().toInstant();
    }

    private static Instant endOf(Slot slot) {
        return slot.getEnd().toInstant();
    }

    /** Relative and without a version, for comparing. */
    static String idOf(Reference reference) {
        var id = new IdType(reference.getReference()).toUnqualifiedVersionless().getValue();
        return id == null ? "" : id;
    }
}
