package org.rapport.alert;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * Where a value lies in relation to its limits.
 *
 * @see <a href="https://terminology.hl7.org/CodeSystem-v3-ObservationInterpretation.html">Observation interpretation</a>
 */
public enum Standing {
    /** Below. */
    CRITICALLY_LOW("LL", "Critical low"),
    /** Within, the limits included. */
    WITHIN("N", "Normal"),
    /** Above. */
    CRITICALLY_HIGH("HH", "Critical high");

    private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    private final String code;
    private final String display;

    Standing(String code, String display) {
        this.code = code;
        this.display = display;
    }

    boolean isCritical() {
        return this != WITHIN;
    }

    CodeableConcept concept() {
        return new CodeableConcept().addCoding(new Coding(SYSTEM, code, display));
    }
}
