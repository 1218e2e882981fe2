package org.rapport.reminder.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.rapport.access.hapi.StoredResources;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.hapi.Trails;
import org.rapport.reminder.ActionLinks;

/** Reads appointments for reminders and writes the answers of patients into them. */
public final class Appointments {

    private static final String TIME_ZONE = "http://hl7.org/fhir/StructureDefinition/timezone";
    private static final String CANCELLATION = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";

    private final DaoRegistry daos;
    private final StoredResources stored;

    Appointments(DaoRegistry daos) {
        this.daos = daos;
        this.stored = StoredResources.within(daos);
    }

    /** The appointment, if it is booked, begins then and is that patient's. */
    public Optional<Appointment> booked(ActionLinks.Purpose purpose) {
        return booked(purpose.appointment(), purpose.start())
                .filter(found -> isOf(found, "Patient/" + purpose.patient()));
    }

    /** The appointment, if it is booked and begins then. */
    Optional<Appointment> booked(String id, Instant start) {
        return booked(id).filter(found -> found.getStart().toInstant().equals(start));
    }

    /** The appointment, if it is booked. */
    Optional<Appointment> booked(String id) {
        return stored.current("Appointment", id)
                .map(Appointment.class::cast)
                .filter(found -> found.getStatus() == AppointmentStatus.BOOKED && found.hasStart());
    }

    /** Whether somebody is a patient of it. */
    static boolean isOf(Appointment appointment, String patient) {
        return actors(appointment, "Patient").anyMatch(patient::equals);
    }

    /** The reference of its patient. */
    static Optional<String> patient(Appointment appointment) {
        return actors(appointment, "Patient").findFirst();
    }

    /** The time zone of the place, else of the first participant who has one, else UTC. */
    public ZoneId zone(Appointment appointment) {
        return Stream.of("Location", "Practitioner", "Patient")
                .flatMap(type -> actors(appointment, type))
                .flatMap(reference -> zone(new IdType(reference)).stream())
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    /** The name of the place, for somebody who knows what is meant. */
    public Optional<String> place(Appointment appointment) {
        return appointment.getParticipant().stream()
                .filter(participant -> isA(participant, "Location"))
                .map(participant -> participant.getActor().getDisplay())
                .filter(name -> name != null && !name.isBlank())
                .findFirst();
    }

    /** Whether the patient has said that they will come. */
    public static boolean confirmed(Appointment appointment, String patient) {
        return appointment.getParticipant().stream()
                .anyMatch(participant ->
                        isPatient(participant, patient) && participant.getStatus() == ParticipationStatus.ACCEPTED);
    }

    /**
     * Writes down that the patient will come.
     *
     * @param trail of whoever says so
     */
    public void confirm(Appointment appointment, String patient, AuditTrail trail) {
        appointment.getParticipant().stream()
                .filter(participant -> isPatient(participant, patient))
                .forEach(participant -> participant.setStatus(ParticipationStatus.ACCEPTED));
        update(appointment, trail);
    }

    /**
     * Cancels it in the patient's name.
     *
     * @param trail of whoever says so
     */
    public void cancel(Appointment appointment, String patient, AuditTrail trail) {
        appointment
                .setStatus(AppointmentStatus.CANCELLED)
                .setCancelationReason(new CodeableConcept()
                        .addCoding(new Coding().setSystem(CANCELLATION).setCode("pat")));
        appointment.getParticipant().stream()
                .filter(participant -> isPatient(participant, patient))
                .forEach(participant -> participant.setStatus(ParticipationStatus.DECLINED));
        update(appointment, trail);
    }

    private void update(Appointment appointment, AuditTrail trail) {
        daos.getResourceDao(Appointment.class).update(appointment, Trails.inside(trail));
    }

    private Optional<ZoneId> zone(IdType reference) {
        return stored.current(reference.getResourceType(), reference.getIdPart())
                .filter(DomainResource.class::isInstance)
                .flatMap(found -> ((DomainResource) found)
                        .getExtension().stream()
                                .filter(extension -> TIME_ZONE.equals(extension.getUrl()) && extension.hasValue())
                                .map(extension -> extension.getValue().primitiveValue())
                                .filter(name -> name != null)
                                .findFirst())
                .flatMap(Appointments::parsed);
    }

    private static Optional<ZoneId> parsed(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Stream<String> actors(Appointment appointment, String type) {
        return appointment.getParticipant().stream()
                .filter(participant -> isA(participant, type))
                .map(participant -> participant.getActor().getReference());
    }

    private static boolean isPatient(AppointmentParticipantComponent participant, String id) {
        return ("Patient/" + id).equals(participant.getActor().getReference());
    }

    private static boolean isA(AppointmentParticipantComponent participant, String type) {
        var reference = participant.getActor().getReference();
        return reference != null && reference.startsWith(type + "/");
    }
}
