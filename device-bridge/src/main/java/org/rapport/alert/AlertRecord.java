package org.rapport.alert;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueSeverity;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.rapport.ig.Guide;

/**
 * An alert as FHIR has it: a DetectedIssue that says what is wrong, and a Task for whoever treats the patient.
 *
 * @param patient id of the patient
 * @param text what is wrong, in sentences
 * @param at when it was detected
 */
public record AlertRecord(String patient, String text, Instant at) {

    /** Names the codes below. */
    public static final String CODES = Guide.CANONICAL + "/CodeSystem/alert";

    private static final String REVIEW = "alert-review";
    private static final String CRITICAL_READING = "critical-reading";
    private static final int MOST_IMPLICATED = 50;
    private static final Set<TaskStatus> CLOSED = Set.of(
            TaskStatus.COMPLETED,
            TaskStatus.CANCELLED,
            TaskStatus.REJECTED,
            TaskStatus.FAILED,
            TaskStatus.ENTEREDINERROR);
    private static final Set<String> OWNERS = Set.of("Practitioner", "PractitionerRole");

    /** What is wrong, with the Observation that shows it. */
    public DetectedIssue issue(String observationId) {
        var issue = new DetectedIssue()
                .setStatus(DetectedIssueStatus.FINAL)
                .setSeverity(DetectedIssueSeverity.HIGH)
                .setCode(concept(CRITICAL_READING, "Critical reading"))
                .setPatient(new Reference("Patient/" + patient))
                .setIdentified(time())
                .setDetail(text);
        return further(issue, observationId);
    }

    /** Adds an Observation; of many the first and the latest are kept. */
    public static DetectedIssue further(DetectedIssue issue, String observationId) {
        var implicated = issue.getImplicated();
        var reference = "Observation/" + observationId;
        if (implicated.stream().noneMatch(known -> reference.equals(known.getReference()))) {
            implicated.add(new Reference(reference));
        }
        if (implicated.size() > MOST_IMPLICATED) {
            implicated.remove(1);
        }
        return issue;
    }

    /** The work that follows from it; without an owner it waits for whoever finds it. */
    public Task task(String issueId) {
        return new Task()
                .setStatus(TaskStatus.REQUESTED)
                .setIntent(TaskIntent.ORDER)
                .setPriority(TaskPriority.STAT)
                .setCode(concept(REVIEW, "Review of an alert"))
                .setDescription(text)
                .setFocus(new Reference("DetectedIssue/" + issueId))
                .setFor(new Reference("Patient/" + patient))
                .setAuthoredOn(Date.from(at))
                .setLastModified(Date.from(at));
    }

    /** Whether somebody has still to deal with it. */
    public static boolean isOpen(Task task) {
        return !CLOSED.contains(task.getStatus());
    }

    /** Who treats the patient: the general practitioners, and then those of active care teams. */
    public static Stream<Reference> treating(Optional<Patient> patient, List<CareTeam> teams) {
        var general = patient.stream().flatMap(person -> person.getGeneralPractitioner().stream());
        var members = teams.stream()
                .filter(team -> team.getStatus() == CareTeamStatus.ACTIVE)
                .flatMap(team -> team.getParticipant().stream())
                .map(CareTeam.CareTeamParticipantComponent::getMember);
        return Stream.concat(general, members)
                .filter(AlertRecord::isPractitioner)
                .map(Reference::getReference)
                .distinct()
                .map(Reference::new);
    }

    /** Whether somebody is a practitioner, in person or in a role. */
    public static boolean isPractitioner(Reference somebody) {
        return somebody.getReferenceElement().hasResourceType()
                && OWNERS.contains(somebody.getReferenceElement().getResourceType());
    }

    private DateTimeType time() {
        return new DateTimeType(Date.from(at), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC"));
    }

    private static CodeableConcept concept(String code, String display) {
        return new CodeableConcept().addCoding(new Coding(CODES, code, display)).setText(display);
    }
}
