package org.rapport.product;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.rapport.harness.FhirSession;

/**
 * A service that subscribes, and writes what it is notified of.
 *
 * @param fhir its session
 */
record HookClient(FhirSession fhir) {

    /** Creates a Subscription with a secret header and waits until it is active. */
    String activeHook(String criteria, String endpoint, String payload) {
        var id = create(criteria, endpoint, payload);
        awaitStatus(id, "active");
        return id;
    }

    /** Creates a Subscription; an empty payload stands for none. */
    String create(String criteria, String endpoint, String payload) {
        var mimeType = payload.isEmpty() ? "" : ", \"payload\": \"" + payload + "\"";
        return FhirSession.json(fhir.post("Subscription", """
                        {"resourceType": "Subscription", "status": "requested", "reason": "test", "criteria": "%s",
                         "channel": {"type": "rest-hook", "endpoint": "%s",
                                     "header": ["Authorization: Bearer of-the-receiver"]%s}}
                        """.formatted(criteria, endpoint, mimeType)))
                .path("id")
                .asText();
    }

    void awaitStatus(String id, String status) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> subscription(id).path("status").asText().equals(status));
    }

    JsonNode subscription(String id) {
        return FhirSession.json(fhir.get("Subscription/" + id));
    }

    JsonNode observe(String code, String patient, int value) {
        return FhirSession.json(fhir.post("Observation", observation(code, patient, value)));
    }

    static String observation(String code, String patient, int value) {
        return """
                {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/%s"},
                 "code": {"coding": [{"system": "http://loinc.org", "code": "%s"}]}, "valueQuantity": {"value": %d}}
                """.formatted(patient, code, value);
    }

    static String transaction(List<String> observations) {
        var entries = observations.stream().map("""
                        {"resource": %s, "request": {"method": "POST", "url": "Observation"}}
                        """::formatted).toList();
        return "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [" + String.join(",", entries)
                + "]}";
    }
}
