package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.rapport.access.Caller.Role;

class FindingRulesTest {

    @Test
    void letAPrivacyOfficerSayHowFarTheReviewIs() {
        assertThat(officerMay(task -> task.setStatus(Task.TaskStatus.COMPLETED)))
                .isTrue();
        assertThat(officerMay(task -> task.setStatus(Task.TaskStatus.INPROGRESS)
                        .setBusinessStatus(new CodeableConcept().setText("justified"))))
                .isTrue();
        assertThat(officerMay(task -> {
                    task.setId("Task/1/_history/2");
                    task.setMeta(null);
                }))
                .isTrue();
    }

    @Test
    void keepTheRestOfTheTaskAsItIs() {
        assertThat(officerMay(task -> task.setDescription("nothing"))).isFalse();
        assertThat(officerMay(task -> task.setFocus(new Reference("Flag/2")))).isFalse();
        assertThat(officerMay(task -> task.setFor(new Reference("Patient/alice"))))
                .isFalse();
        assertThat(officerMay(task -> task.addNote(new Annotation().setText("about a patient"))))
                .isFalse();
        assertThat(officerMay(task -> task.getMeta().addTag(new Coding("urn:x", "y", null))))
                .isFalse();
        assertThat(officerMay(task -> task.setIdentifier(List.of()))).isFalse();
    }

    @Test
    void letNobodyReviewThemselves() {
        var byReference = new Reference("Practitioner/kim");
        var byName = new Reference().setIdentifier(new Identifier().setValue("kim"));
        for (var actor : List.of(byReference, byName)) {
            assertThat(may(Role.PRIVACY_OFFICER, Optional.of(taskAbout(actor)), taskAbout(actor)))
                    .isFalse();
        }
        var another = new Reference("Practitioner/dr-adams");
        assertThat(may(Role.PRIVACY_OFFICER, Optional.of(taskAbout(another)), taskAbout(another)))
                .isTrue();
    }

    private static Task taskAbout(Reference actor) {
        var task = task();
        task.addInput().setType(new CodeableConcept().setText("actor")).setValue(actor);
        return task;
    }

    @Test
    void letNobodyElseChangeIt() {
        for (var role : List.of(Role.CLINICIAN, Role.AUDITOR, Role.ADMIN)) {
            assertThat(may(role, Optional.of(task()), task())).isFalse();
        }
    }

    @Test
    void letNoPersonMakeAFinding() {
        var flag = new Flag();
        flag.addIdentifier().setSystem(AccessRules.FINDINGS).setValue("AR-08/now");
        for (var role : List.of(Role.CLINICIAN, Role.PRIVACY_OFFICER)) {
            assertThat(may(role, Optional.empty(), flag)).isFalse();
            assertThat(may(role, Optional.of(new Flag()), flag)).isFalse();
            assertThat(may(role, Optional.empty(), task())).isFalse();
        }
    }

    @Test
    void leaveOtherIdentifiersAlone() {
        var flag = new Flag();
        flag.addIdentifier().setSystem("urn:ward").setValue("1");
        assertThat(may(Role.CLINICIAN, Optional.empty(), flag)).isTrue();
    }

    private static boolean officerMay(Consumer<Task> change) {
        var after = task();
        change.accept(after);
        return may(Role.PRIVACY_OFFICER, Optional.of(task()), after);
    }

    private static boolean may(Role role, Optional<Resource> before, Resource after) {
        var caller =
                new Caller("kim", "app", Set.of(role), List.of(), Optional.of("Practitioner/kim"), Optional.empty());
        return FindingRules.decide(caller, before, after).permitted();
    }

    private static Task task() {
        var task = new Task()
                .setStatus(Task.TaskStatus.REQUESTED)
                .setDescription("AR-08: often")
                .setFocus(new Reference("Flag/1"));
        task.addIdentifier().setSystem(AccessRules.FINDINGS).setValue("AR-08/now");
        task.setId("Task/1/_history/1");
        return task;
    }
}
