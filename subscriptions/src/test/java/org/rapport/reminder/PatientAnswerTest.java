package org.rapport.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class PatientAnswerTest {

    @Test
    void confirmsForOnePatientAlone() {
        var visit = visitOf("Patient/alice", "Patient/bob", "Practitioner/dr-adams");
        PatientAnswer.confirm(visit, "alice");

        assertThat(PatientAnswer.isConfirmed(visit, "alice")).isTrue();
        assertThat(PatientAnswer.isConfirmed(visit, "bob")).isFalse();
        assertThat(visit.getParticipant().get(2).getStatus()).isEqualTo(ParticipationStatus.NEEDSACTION);
    }

    @Test
    void cancelsWhenNobodyIsExpectedAnyMore() {
        var visit = visitOf("Patient/alice", "Patient/bob", "Practitioner/dr-adams");

        PatientAnswer.cancel(visit, "alice");
        assertThat(visit.getStatus()).isEqualTo(AppointmentStatus.BOOKED);
        assertThat(PatientAnswer.expected(visit)).containsExactly("bob");

        PatientAnswer.cancel(visit, "bob");
        assertThat(visit.getStatus()).isEqualTo(AppointmentStatus.CANCELLED);
        assertThat(visit.getCancelationReason().getCodingFirstRep().getCode()).isEqualTo("pat");
    }

    @Test
    void expectsPatientsOnceAndNobodyElse() {
        assertThat(PatientAnswer.expected(visitOf("Patient/alice", "Patient/alice", "Location/loc-north")))
                .containsExactly("alice");
    }

    private static Appointment visitOf(String... actors) {
        var visit = new Appointment().setStatus(AppointmentStatus.BOOKED);
        Arrays.stream(actors)
                .forEach(actor -> visit.addParticipant()
                        .setStatus(ParticipationStatus.NEEDSACTION)
                        .setActor(new Reference(actor)));
        return visit;
    }
}
