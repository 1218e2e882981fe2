package org.rapport.rights;

import java.util.List;
import java.util.stream.Collectors;

/** Groups of patients, and what they consent to. */
final class Cohorts {

    private Cohorts() {}

    /** A group of these patients. */
    static void group(World world, String id, String... members) {
        var entities = List.of(members).stream()
                .map(member -> "{\"entity\": {\"reference\": \"Patient/" + member + "\"}}")
                .collect(Collectors.joining(","));
        world.store(
                "Group",
                id,
                "\"type\": \"person\", \"actual\": true"
                        + (entities.isEmpty() ? "" : ", \"member\": [" + entities + "]"));
    }

    /** A consent by which the patient export-c denies everything to everybody. */
    static void consent(World world, String status) {
        world.store("Consent", "export-c", """
                "status": "%s", "patient": {"reference": "Patient/export-c"},
                "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                  "code": "patient-privacy"}]},
                "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
                "policyRule": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]},
                "provision": {"type": "deny"}""".formatted(status));
    }
}
