package org.rapport.device.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceParam;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DeviceUseStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.rapport.alert.hapi.CriticalAlerts;
import org.rapport.alert.hapi.FhirStore;
import org.rapport.device.DeviceUse;
import org.rapport.device.inbox.InboxRow;
import org.rapport.device.inbox.Projection;
import org.rapport.mapping.Mapped;
import org.rapport.mapping.ObservationDraft;
import org.rapport.mapping.PlainPayload;
import org.rapport.mapping.Reading;
import org.rapport.mapping.Refusal;

/** Stores a reading as an Observation of the patient who used the device when it was measured. */
final class ObservationProjection implements Projection {

    private static final Mapped.Refused OTHER_PATIENT = new Mapped.Refused(
            Refusal.CONFLICT, "The reading is another patient's than that of the device at its time.");

    private final PlainPayload mapping;
    private final FhirStore store;
    private final CriticalAlerts alerts;

    ObservationProjection(PlainPayload mapping, FhirStore store, CriticalAlerts alerts) {
        this.mapping = mapping;
        this.store = store;
        this.alerts = alerts;
    }

    @Override
    public Outcome project(InboxRow row) {
        var mapped = mapping.map(row.deviceId(), row.type(), row.payload());
        if (mapped instanceof Mapped.Understood understood) {
            var reading = understood.reading();
            return use(row.deviceId())
                    .patientAt(reading.at())
                    .map(patient -> store(row, reading, patient))
                    .orElseGet(Outcome.Unmatched::new);
        }
        return new Outcome.Refused((Mapped.Refused) mapped);
    }

    private DeviceUse use(String deviceId) {
        var uses = store.find(
                DeviceUseStatement.class,
                new SearchParameterMap().add("device", new ReferenceParam("Device/" + deviceId)));
        return new DeviceUse(store.current(Device.class, deviceId), uses);
    }

    private Outcome store(InboxRow row, Reading reading, String patient) {
        if (reading.patient().filter(named -> !named.equals(patient)).isPresent()) {
            return new Outcome.Refused(OTHER_PATIENT);
        }
        var draft = new ObservationDraft(patient, row.deviceId(), row.key(), row.received()).of(reading);
        draft.setId(row.observationId());
        var known = store.current(Observation.class, row.observationId());
        if (known.isPresent()) {
            return amend(known.get(), draft, reading, patient);
        }
        return put(draft, reading, patient);
    }

    /** The same reading came before: it keeps its patient, and another value makes another version. */
    private Outcome amend(Observation known, Observation draft, Reading reading, String patient) {
        if (!draft.getSubject().getReference().equals(known.getSubject().getReference())) {
            return new Outcome.Refused(OTHER_PATIENT);
        }
        return ObservationDraft.sameValues(draft, known)
                ? new Outcome.Stored(draft.getIdPart())
                : put(draft.setStatus(ObservationStatus.AMENDED), reading, patient);
    }

    private Outcome put(Observation observation, Reading reading, String patient) {
        var judgement = alerts.judge(reading, patient, observation);
        store.put(observation);
        alerts.raise(reading, patient, observation, judgement);
        return new Outcome.Stored(observation.getIdPart());
    }
}
