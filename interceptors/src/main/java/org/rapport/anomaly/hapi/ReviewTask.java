package org.rapport.anomaly.hapi;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;

/** Makes the Task that asks privacy officers to look into a finding; who acted is in it, nothing of a patient. */
final class ReviewTask {

    /** As for each emergency, by the reference on security, section 3.4. */
    private static final Duration TIME = Duration.ofDays(3);

    private ReviewTask() {}

    /**
     * The work that follows from a finding.
     *
     * @param flag shows the finding, and has its identifier
     * @param reference where the Flag is
     */
    static Task of(Flag flag, String reference, Instant now) {
        var task = new Task()
                .setStatus(Task.TaskStatus.REQUESTED)
                .setIntent(Task.TaskIntent.ORDER)
                .setPriority(Task.TaskPriority.URGENT)
                .setCode(new CodeableConcept().setText("Review of a finding"))
                .setDescription(flag.getCode().getText())
                .setFocus(new Reference(reference))
                .setAuthoredOn(Date.from(now))
                .setLastModified(Date.from(now))
                .addPerformerType(new CodeableConcept().setText("Privacy officer"));
        task.addInput()
                .setType(new CodeableConcept().setText("actor"))
                .setValue(flag.getSubject().copy());
        flag.getIdentifier().stream().map(Identifier::copy).forEach(task::addIdentifier);
        task.getRestriction().getPeriod().setEnd(Date.from(now.plus(TIME)));
        return task;
    }
}
