package org.rapport.mapping;

import org.hl7.fhir.r4.model.Coding;

/**
 * A concept of a terminology.
 *
 * @param system canonical URL of the terminology
 * @param code what it is called there
 * @param display its name for people
 */
public record Code(String system, String code, String display) {

    static final String LOINC = "http://loinc.org";
    private static final String MDC = "urn:iso:std:iso:11073:10101";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";

    static Code loinc(String code, String display) {
        return new Code(LOINC, code, display);
    }

    /** From ISO/IEEE 11073-10101, the nomenclature of devices. */
    static Code mdc(String code, String display) {
        return new Code(MDC, code, display);
    }

    static Code category(String code, String display) {
        return new Code(CATEGORY, code, display);
    }

    Coding coding() {
        return new Coding(system, code, display);
    }
}
