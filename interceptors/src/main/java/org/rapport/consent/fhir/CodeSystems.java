package org.rapport.consent.fhir;

import java.util.Set;

/** The code systems that consents are understood in. */
public final class CodeSystems {

    /** How confidential data is. */
    public static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    /** Sensitivities, and the policies that people opt in to or out of. */
    public static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    /** Purposes of use. */
    static final String PURPOSE = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    static final String ACTION = "http://terminology.hl7.org/CodeSystem/consentaction";
    static final String SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
    static final String RESOURCE_TYPE = "http://hl7.org/fhir/resource-types";
    static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
    private static final Set<String> CLINICAL = Set.of(
            "http://loinc.org",
            "http://snomed.info/sct",
            "http://www.nlm.nih.gov/research/umls/rxnorm",
            "http://hl7.org/fhir/sid/icd-10",
            "http://hl7.org/fhir/sid/icd-10-cm",
            "http://hl7.org/fhir/sid/icd-9-cm",
            "http://hl7.org/fhir/sid/cvx",
            "http://hl7.org/fhir/sid/ndc",
            "http://www.whocc.no/atc",
            "http://www.ama-assn.org/go/cpt");

    private CodeSystems() {}

    /** Whether resources are coded in it, so that a code that a resource lacks says that it is about something else. */
    static boolean isClinical(String system) {
        return CLINICAL.contains(system) || system.startsWith(TERMINOLOGY);
    }
}
