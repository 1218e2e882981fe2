package org.rapport.mapping;

import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.rapport.ig.Guide;

/**
 * What an Observation says beside its values.
 *
 * @param patient id of the patient it is about
 * @param device id of the device that measured it
 * @param key the reading's own identifier, the same each time it is sent
 * @param received when it came
 */
public record ObservationDraft(String patient, String device, String key, Instant received) {

    private static final String KEYS = Guide.CANONICAL + "/NamingSystem/device-reading";

    /** The Observation of a reading, in its final state. */
    public Observation of(Reading reading) {
        var observation = new Observation()
                .setStatus(ObservationStatus.FINAL)
                .addCategory(reading.type().category())
                .setCode(reading.type().concept())
                .setSubject(new Reference("Patient/" + patient))
                .setDevice(new Reference("Device/" + device))
                .setEffective(new DateTimeType(reading.timestamp()))
                .setIssued(Date.from(received))
                .addIdentifier(new Identifier().setSystem(KEYS).setValue(key));
        for (var value : reading.values()) {
            var quantity = value.measure().quantity(value.value());
            if (reading.type().isPanel()) {
                observation.addComponent().setCode(value.measure().concept()).setValue(quantity);
            } else {
                observation.setValue(quantity);
            }
        }
        return observation;
    }

    /** Whether two Observations of the same reading have the same values. */
    public static boolean sameValues(Observation one, Observation other) {
        return one.getValue() == null
                ? sameComponents(one, other)
                : other.getValue() != null && one.getValue().equalsDeep(other.getValue());
    }

    private static boolean sameComponents(Observation one, Observation other) {
        if (one.getComponent().size() != other.getComponent().size()) {
            return false;
        }
        for (int i = 0; i < one.getComponent().size(); i++) {
            var value = one.getComponent().get(i).getValue();
            if (value == null || !value.equalsDeep(other.getComponent().get(i).getValue())) {
                return false;
            }
        }
        return true;
    }
}
