package org.rapport.reminder.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.rapport.access.hapi.StoredResources;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.hapi.Trails;
import org.rapport.reminder.ActionLinks;
import org.rapport.reminder.PatientAnswer;

/** Reads appointments for reminders and writes the answers of patients into them. */
public final class Appointments {

    private static final String TIME_ZONE = "http://hl7.org/fhir/StructureDefinition/timezone";

    private final DaoRegistry daos;
    private final StoredResources stored;

    Appointments(DaoRegistry daos) {
        this.daos = daos;
        this.stored = StoredResources.within(daos);
    }

    /** The appointment, if it is booked, begins then and that patient is expected. */
    public Optional<Appointment> booked(ActionLinks.Purpose purpose) {
        return booked(purpose.appointment())
                .filter(found -> found.getStart().toInstant().equals(purpose.start()))
                .filter(found -> PatientAnswer.expected(found).anyMatch(purpose.patient()::equals));
    }

    /** The appointment, if it is booked. */
    Optional<Appointment> booked(String id) {
        return stored.current("Appointment", id)
                .map(Appointment.class::cast)
                .filter(found -> found.getStatus() == AppointmentStatus.BOOKED && found.hasStart());
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

    /**
     * Writes an answer of a patient down.
     *
     * @param trail of whoever says so
     */
    public void update(Appointment appointment, AuditTrail trail) {
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

    private static boolean isA(AppointmentParticipantComponent participant, String type) {
        var reference = participant.getActor().getReference();
        return reference != null && reference.startsWith(type + "/");
    }
}
