package org.rapport.booking;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.rapport.booking.TimeQuery.Bound;

/**
 * A time on offer.
 *
 * @param schedule whose time it is
 * @param slot free, as far as the slot itself knows
 */
public record Opening(Schedule schedule, Slot slot) {

    private static final String TIMEZONE = "http://hl7.org/fhir/StructureDefinition/timezone";

    /** By the moment it begins, never by how that is written; then by id, so that the order is always the same. */
    public static final Comparator<Opening> IN_TIME = Comparator.comparing(Opening::start)
            .thenComparing(opening -> opening.slot().getIdPart());

    /** First moment. */
    public Instant start() {
        return slot.getStart().toInstant();
    }

    /** First moment after it. */
    public Instant end() {
        return slot.getEnd().toInstant();
    }

    /** Whether it is among what somebody looks for. */
    public boolean meets(TimeQuery query) {
        var zone = zone();
        return !start().isBefore(query.start().in(zone))
                && !end().isAfter(query.end().in(zone))
                && query.what().allows(start().atZone(zone).getDayOfWeek())
                && TimeQuery.What.meets(
                        query.what().specialties(), either(slot.getSpecialty(), schedule.getSpecialty()))
                && TimeQuery.What.meets(
                        query.what().visitTypes(), either(slot.getServiceType(), schedule.getServiceType()))
                && planned(zone);
    }

    /**
     * Whether none of those whose time it is has given it away.
     *
     * @param actors relative references
     */
    public boolean isFree(Collection<Claim> busy, Collection<String> actors) {
        return actors.stream().noneMatch(actor -> busy.stream().anyMatch(claim -> claim.takes(actor, start(), end())));
    }

    /** The visit it could be, which is stored nowhere and says nothing of anybody's appointments. */
    public Appointment proposed() {
        var offer = new Slot()
                .setSchedule(slot.getSchedule().copy())
                .setStatus(slot.getStatus())
                .setStartElement(slot.getStartElement().copy())
                .setEndElement(slot.getEndElement().copy())
                .setServiceType(slot.getServiceType())
                .setSpecialty(slot.getSpecialty());
        offer.setId(slot.getIdElement().getIdPart());
        var appointment = new Appointment()
                .setStatus(AppointmentStatus.PROPOSED)
                .setServiceType(slot.getServiceType())
                .setSpecialty(slot.getSpecialty())
                .setStartElement(slot.getStartElement().copy())
                .setEndElement(slot.getEndElement().copy())
                .setMinutesDuration((int) Duration.between(start(), end()).toMinutes())
                .addSlot(new Reference("#" + slot.getIdElement().getIdPart()));
        appointment.addContained(offer);
        schedule.getActor()
                .forEach(actor ->
                        appointment.addParticipant().setActor(actor.copy()).setStatus(ParticipationStatus.NEEDSACTION));
        return appointment;
    }

    /** The zone of the schedule; where it names none, the one the slot's start is written in. */
    private ZoneId zone() {
        var named = schedule.getExtensionByUrl(TIMEZONE);
        return named != null
                        && named.getValue() instanceof PrimitiveType<?> zone
                        && ZoneId.getAvailableZoneIds().contains(zone.getValueAsString())
                ? ZoneId.of(zone.getValueAsString())
                : slot.getStartElement().getTimeZone().toZoneId();
    }

    private boolean planned(ZoneId zone) {
        var horizon = schedule.getPlanningHorizon();
        boolean begun = !horizon.hasStart()
                || !start().isBefore(Bound.startOf(horizon.getStartElement()).in(zone));
        boolean open = !horizon.hasEnd()
                || !end().isAfter(Bound.endOf(horizon.getEndElement()).in(zone));
        return begun && open;
    }

    private static List<CodeableConcept> either(List<CodeableConcept> own, List<CodeableConcept> general) {
        return Stream.of(own, general)
                .filter(concepts -> !concepts.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
