package org.rapport.alert.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Clock;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.ObservationDefinition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Task;
import org.rapport.alert.AlertRecord;
import org.rapport.alert.CriticalLimitTable;
import org.rapport.alert.Judgement;
import org.rapport.alert.LimitSources;
import org.rapport.alert.OpenAlerts;
import org.rapport.alert.Urgency;
import org.rapport.mapping.Reading;

/** Judges readings by the limits in the store, and raises an alert in the transaction that stores the reading. */
public final class CriticalAlerts {

    private final FhirStore store;
    private final OpenAlerts open;
    private final Clock clock;
    private final Urgency urgency;

    CriticalAlerts(FhirStore store, OpenAlerts open, Clock clock) {
        this.store = store;
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
     * @param observationId the Observation of the reading, stored in the same transaction
     */
    public void raise(Reading reading, String patient, String observationId, Judgement judgement) {
        if (!judgement.isCritical() || !urgency.isNow(reading.at())) {
            return;
        }
        var rule = "critical-" + reading.type().loincCode();
        var known = open.lock(patient, rule);
        var issue = known.filter(this::isOpen).flatMap(alert -> store.current(DetectedIssue.class, alert.issueId()));
        if (issue.isPresent()) {
            store.put(AlertRecord.further(issue.get(), observationId));
        } else {
            open.raised(
                    patient, rule, create(new AlertRecord(patient, judgement.text(), clock.instant()), observationId));
        }
    }

    private boolean isOpen(OpenAlerts.Known alert) {
        return store.current(Task.class, alert.taskId())
                .filter(AlertRecord::isOpen)
                .isPresent();
    }

    private OpenAlerts.Known create(AlertRecord alert, String observationId) {
        var patient = store.current(Patient.class, alert.patient());
        var teams = store.find(
                CareTeam.class,
                new SearchParameterMap()
                        .add("patient", new ReferenceParam("Patient/" + alert.patient()))
                        .add("status", new TokenParam("active")));
        var issueId = store.create(alert.issue(observationId));
        var taskId = store.create(alert.task(issueId, AlertRecord.owner(patient, teams)));
        return new OpenAlerts.Known(issueId, taskId);
    }
}
