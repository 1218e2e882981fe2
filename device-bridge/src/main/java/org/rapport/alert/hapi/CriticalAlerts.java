package org.rapport.alert.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Clock;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.ObservationDefinition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.rapport.access.hapi.Addressees;
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

    private final FhirStore store;
    private final Addressees addressees;
    private final OpenAlerts open;
    private final Clock clock;
    private final Urgency urgency;

    CriticalAlerts(FhirStore store, Addressees addressees, OpenAlerts open, Clock clock) {
        this.store = store;
        this.addressees = addressees;
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
        var issue = known.filter(this::isOpen).flatMap(alert -> store.current(DetectedIssue.class, alert.issueId()));
        if (issue.isPresent()) {
            Labelling.inherit(observation, issue.get());
            store.put(AlertRecord.further(issue.get(), observation.getIdPart()));
        } else {
            open.raised(
                    patient, rule, create(new AlertRecord(patient, judgement.text(), clock.instant()), observation));
        }
    }

    private boolean isOpen(OpenAlerts.Known alert) {
        return store.current(Task.class, alert.taskId())
                .filter(AlertRecord::isOpen)
                .isPresent();
    }

    private OpenAlerts.Known create(AlertRecord alert, Observation observation) {
        var issue = alert.issue(observation.getIdPart());
        Labelling.inherit(observation, issue);
        var issueId = store.create(issue);
        var owner = treating(alert.patient())
                .filter(each -> addressees.mayRead(each, Stream.of(observation, issue)))
                .findFirst();
        var task = alert.task(issueId, owner);
        Labelling.inherit(observation, task);
        var taskId = store.create(task);
        if (owner.isEmpty()) {
            LOG.warn("Nobody is told of alert Task/{}: nobody is known who treats the patient and may see it", taskId);
        }
        return new OpenAlerts.Known(issueId, taskId);
    }

    private Stream<Reference> treating(String patient) {
        var teams = store.find(
                CareTeam.class,
                new SearchParameterMap()
                        .add("patient", new ReferenceParam("Patient/" + patient))
                        .add("status", new TokenParam("active")));
        return AlertRecord.treating(store.current(Patient.class, patient), teams);
    }
}
