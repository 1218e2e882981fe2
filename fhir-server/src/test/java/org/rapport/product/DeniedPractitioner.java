package org.rapport.product;

/** What a patient says who keeps something from one practitioner. */
final class DeniedPractitioner {

    private DeniedPractitioner() {}

    /**
     * A Consent in JSON.
     *
     * @param patient logical id
     * @param practitioner relative reference
     * @param type of the resources that are denied; empty for all of them
     */
    static String consent(String patient, String practitioner, String type) {
        var types = type.isEmpty() ? "" : """
                , "class": [{"system": "http://hl7.org/fhir/resource-types", "code": "%s"}]""".formatted(type);
        return """
                {"resourceType": "Consent", "status": "active", "patient": {"reference": "Patient/%s"},
                 "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                   "code": "patient-privacy"}]},
                 "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
                 "policyRule": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]},
                 "provision": {"type": "permit", "provision": [{"type": "deny"%s, "actor": [
                   {"role": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}]},
                    "reference": {"reference": "%s"}}]}]}}
                """.formatted(patient, types, practitioner);
    }
}
