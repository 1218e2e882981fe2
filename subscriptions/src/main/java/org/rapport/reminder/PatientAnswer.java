package org.rapport.reminder;

import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;

/** What a patient's answer makes of an appointment: it speaks for that patient and for nobody else. */
public final class PatientAnswer {

    private static final String CANCELLATION = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";

    private PatientAnswer() {}

    /** The logical ids of the patients who have not said that they will not come. */
    public static Stream<String> expected(Appointment appointment) {
        return appointment.getParticipant().stream()
                .filter(participant -> participant.getStatus() != ParticipationStatus.DECLINED)
                .map(participant -> new IdType(participant.getActor().getReference()))
                .filter(actor -> "Patient".equals(actor.getResourceType()) && actor.hasIdPart())
                .map(IdType::getIdPart)
                .distinct();
    }

    /** Whether that patient has said that they will come. */
    public static boolean isConfirmed(Appointment appointment, String patient) {
        return ofPatient(appointment, patient)
                .anyMatch(participant -> participant.getStatus() == ParticipationStatus.ACCEPTED);
    }

    /** That patient will come. */
    public static void confirm(Appointment appointment, String patient) {
        ofPatient(appointment, patient).forEach(participant -> participant.setStatus(ParticipationStatus.ACCEPTED));
    }

    /** That patient will not come; when no other patient is expected, the appointment is cancelled. */
    public static void cancel(Appointment appointment, String patient) {
        ofPatient(appointment, patient).forEach(participant -> participant.setStatus(ParticipationStatus.DECLINED));
        if (expected(appointment).findAny().isEmpty()) {
            appointment
                    .setStatus(AppointmentStatus.CANCELLED)
                    .setCancelationReason(new CodeableConcept()
                            .addCoding(new Coding().setSystem(CANCELLATION).setCode("pat")));
        }
    }

    private static Stream<AppointmentParticipantComponent> ofPatient(Appointment appointment, String patient) {
        return appointment.getParticipant().stream()
                .filter(participant ->
                        ("Patient/" + patient).equals(participant.getActor().getReference()));
    }
}
