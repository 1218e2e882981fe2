package org.rapport.alert.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.ObservationDefinition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.rapport.alert.AlertRecord;
import org.rapport.alert.CriticalLimitTable;
import org.rapport.alert.Judgement;
import org.rapport.alert.LimitSources;
import org.rapport.alert.OpenAlerts;
import org.rapport.alert.Urgency;
import org.rapport.labelling.Labelling;
import org.rapport.mapping.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges readings by the limits in the store, and raises an alert in the transaction that stores the reading, for the first of
 * those who treat the patient whom the one access decision and the patient's consents let see it.
 */
public final class CriticalAlerts {

    private static final Logger LOG = LoggerFactory.getLogger(CriticalAlerts.class);
    private static final String UNTOLD =
            "Nobody is told of alert Task/{}: nobody is known who treats the patient and may see it";

    private final FhirStore store;
    private final AlertOwners owners;
    private final OpenAlerts open;
    private final Clock clock;
    private final Urgency urgency;

    CriticalAlerts(FhirStore store, AlertOwners owners, OpenAlerts open, Clock clock) {
        this.store = store;
        this.owners = owners;
        this.open = open;
        this.clock = clock;
        this.urgency = new Urgency(clock);
    }

    /** Judges a reading and freezes the limits into its Observation, which is not stored yet. */
    public Judgement judge(Reading reading, String patient, Observation observation) {
        return Judgement.of(reading, observation, sources(reading, patient));
    }

    private LimitSources sources(Reading reading, String patient) {
        var definitions = store.current(
                ObservationDefinition.class,
                reading.values().stream()
                        .map(value -> CriticalLimitTable.id(value.measure()))
                        .toList());
        return new LimitSources(
                store.current(Patient.class, patient),
                store.find(
                        Goal.class,
                        new SearchParameterMap()
                                .add("patient", new ReferenceParam("Patient/" + patient))
                                .add("lifecycle-status", new TokenParam("active"))),
                definitions);
    }

    /**
     * Raises an alert for a breach that happens now: a new one, or one more Observation for that which is open.
     *
     * @param observation of the reading, stored in the same transaction
     */
    public void raise(Reading reading, String patient, Observation observation, Judgement judgement) {
        if (!judgement.isCritical() || !urgency.isNow(reading.at())) {
            return;
        }
        var rule = "critical-" + reading.type().loincCode();
        var known = open.lock(patient, rule);
        var task = known.flatMap(alert -> store.current(Task.class, alert.taskId()))
                .filter(AlertRecord::isOpen);
        var issue = known.filter(alert -> task.isPresent())
                .flatMap(alert -> store.current(DetectedIssue.class, alert.issueId()));
        var alert = new AlertRecord(patient, judgement.text(), clock.instant());
        if (issue.isPresent()) {
            further(rule, alert, issue.get(), task.orElseThrow(), observation);
        } else {
            var raised = alert.issue(observation.getIdPart());
            Labelling.inherit(observation, raised);
            store.create(raised);
            tell(rule, alert, raised, owner(alert, raised, observation));
        }
    }

    /**
     * Where its owner may not see the alert any more, or nobody could when it was raised, it goes to whoever may now. Who has
     * taken it up keeps it, and so does a team or a house to which somebody has given it.
     */
    private void further(String rule, AlertRecord alert, DetectedIssue issue, Task task, Observation observation) {
        Labelling.inherit(observation, issue);
        Labelling.inherit(task, issue);
        store.put(AlertRecord.further(issue, observation.getIdPart()));
        if (task.getStatus() != TaskStatus.REQUESTED || hasItsOwner(alert, issue, task, observation)) {
            return;
        }
        var next = owner(alert, issue, observation);
        if (next.isPresent()) {
            store.put(task.setStatus(TaskStatus.CANCELLED)
                    .setStatusReason(new CodeableConcept().setText("Passed on to who may see it")));
            tell(rule, alert, issue, next);
        } else {
            LOG.warn(UNTOLD, task.getIdElement().getIdPart());
        }
    }

    private boolean hasItsOwner(AlertRecord alert, DetectedIssue issue, Task task, Observation observation) {
        return task.hasOwner()
                && (!AlertRecord.isPractitioner(task.getOwner())
                        || owners.mayRead(alert, task.getOwner(), List.of(observation, issue, task)));
    }

    private Optional<Reference> owner(AlertRecord alert, DetectedIssue issue, Observation observation) {
        return owners.first(alert, each -> List.of(observation, issue, task(alert, issue, Optional.of(each))));
    }

    private void tell(String rule, AlertRecord alert, DetectedIssue issue, Optional<Reference> owner) {
        var taskId = store.create(task(alert, issue, owner));
        if (owner.isEmpty()) {
            LOG.warn(UNTOLD, taskId);
        }
        open.raised(
                alert.patient(), rule, new OpenAlerts.Known(issue.getIdElement().getIdPart(), taskId));
    }

    private static Task task(AlertRecord alert, DetectedIssue issue, Optional<Reference> owner) {
        var task = alert.task(issue.getIdElement().getIdPart());
        Labelling.inherit(issue, task);
        owner.ifPresent(task::setOwner);
        return task;
    }
}
