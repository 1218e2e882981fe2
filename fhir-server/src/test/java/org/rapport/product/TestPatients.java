package org.rapport.product;

import java.util.List;
import java.util.stream.Collectors;

/** Patients that tests create, in JSON. */
final class TestPatients {

    static final String SYSTEM = "urn:ietf:rfc:3986:rapport-test";

    private TestPatients() {}

    static String named(String family) {
        return """
                {"resourceType": "Patient", "active": true, "name": [{"family": "%s", "given": ["Test"]}]}
                """.formatted(family);
    }

    static String identified(String identifier) {
        return """
                {"resourceType": "Patient", "identifier": [{"system": "%s", "value": "%s"}], "gender": "unknown"}
                """.formatted(SYSTEM, identifier);
    }

    static String transaction(List<String> patients) {
        return patients.stream()
                .map(patient -> """
                        {"resource": %s, "request": {"method": "POST", "url": "Patient"}}
                        """.formatted(patient))
                .collect(Collectors.joining(
                        ",", "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [", "]}"));
    }
}
