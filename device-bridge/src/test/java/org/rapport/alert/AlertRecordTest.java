package org.rapport.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertRecordTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final AlertRecord ALERT = new AlertRecord("alice", "Too low.", NOW);

    @Test
    void asksForALookAtTheIssue() {
        var task = ALERT.task("issue-1");
        assertThat(task.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(task.getPriority()).isEqualTo(Task.TaskPriority.STAT);
        assertThat(task.getFocus().getReference()).isEqualTo("DetectedIssue/issue-1");
        assertThat(task.getFor().getReference()).isEqualTo("Patient/alice");
        assertThat(task.hasOwner()).isFalse();
        assertThat(task.getCode().getCodingFirstRep().getCode()).isEqualTo("alert-review");
    }

    @Test
    void keepsTheFirstAndTheLatestObservations() {
        var issue = ALERT.issue("o-0");
        IntStream.rangeClosed(1, 100).forEach(number -> AlertRecord.further(issue, "o-" + number));
        assertThat(issue.getImplicated())
                .hasSize(50)
                .extracting(Reference::getReference)
                .startsWith("Observation/o-0", "Observation/o-52")
                .endsWith("Observation/o-100");
    }

    @Test
    void namesAnObservationOnce() {
        assertThat(AlertRecord.further(ALERT.issue("o-1"), "o-1").getImplicated())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"REQUESTED", "RECEIVED", "ACCEPTED", "READY", "INPROGRESS", "ONHOLD"})
    void isOpenWhileSomebodyHasToAct(TaskStatus status) {
        assertThat(AlertRecord.isOpen(new Task().setStatus(status))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"COMPLETED", "CANCELLED", "REJECTED", "FAILED", "ENTEREDINERROR"})
    void isClosedOtherwise(TaskStatus status) {
        assertThat(AlertRecord.isOpen(new Task().setStatus(status))).isFalse();
    }

    @Test
    void isForTheGeneralPractitionerBeforeTheCareTeam() {
        var patient = new Patient()
                .addGeneralPractitioner(new Reference("Organization/org-north"))
                .addGeneralPractitioner(new Reference("Practitioner/dr-adams"));
        var team = new CareTeam().setStatus(CareTeamStatus.ACTIVE);
        team.addParticipant().setMember(new Reference("RelatedPerson/dana"));
        team.addParticipant().setMember(new Reference("Practitioner/care-jones"));
        team.addParticipant().setMember(new Reference("Practitioner/dr-adams"));
        assertThat(treating(patient, team)).containsExactly("Practitioner/dr-adams", "Practitioner/care-jones");
        assertThat(treating(new Patient(), team)).containsExactly("Practitioner/care-jones", "Practitioner/dr-adams");
        assertThat(treating(new Patient(), team.setStatus(CareTeamStatus.INACTIVE)))
                .isEmpty();
    }

    @ParameterizedTest(name = "measured {0} before: {1}")
    @CsvSource({"PT0S, true", "PT15M, true", "PT15M0.001S, false", "PT-5M, true", "PT-5M-0.001S, false"})
    void callsAtOnceOnlyForWhatHappensNow(Duration age, boolean now) {
        assertThat(new Urgency(Clock.fixed(NOW, ZoneOffset.UTC)).isNow(NOW.minus(age)))
                .isEqualTo(now);
    }

    @Test
    void isForTheTeamWhenTheGeneralPractitionerIsOnlyNamed() {
        var patient = new Patient();
        patient.addGeneralPractitioner().setDisplay("Dr Elsewhere");
        patient.addGeneralPractitioner().setReference("#contained");
        var team = new CareTeam().setStatus(CareTeamStatus.ACTIVE);
        team.addParticipant().getMember().setDisplay("Somebody");
        team.addParticipant().setMember(new Reference("Practitioner/care-jones"));

        assertThat(treating(patient, team)).containsExactly("Practitioner/care-jones");
    }

    private static List<String> treating(Patient patient, CareTeam team) {
        return AlertRecord.treating(Optional.of(patient), List.of(team))
                .map(Reference::getReference)
                .toList();
    }
}
