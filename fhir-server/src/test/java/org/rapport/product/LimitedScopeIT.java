package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** A scope with search parameters against the search index and the transactions of the whole server. */
class LimitedScopeIT {

    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static FhirSession backend;
    private static FhirSession vitals;
    private static String patient;

    @BeforeAll
    static void start() {
        backend = SHARED.session("demo-backend");
        vitals = SHARED.server()
                .narrowSession("demo-backend", "system/Observation.crus?category=" + CATEGORY + "|vital-signs");
        patient = "Patient/" + stored("Patient", TestPatients.named("Limited"));
    }

    @Test
    void findsAndReadsWhatMatchesAlone() {
        var pulse = stored("Observation", observation("", "vital-signs"));
        var glucose = stored("Observation", observation("", "laboratory"));
        var found = vitals.get("Observation?patient=" + patient).body();
        assertThat(found).contains(pulse).doesNotContain(glucose).doesNotContain("category=");
        assertThat(vitals.get("Observation/" + pulse).statusCode()).isEqualTo(200);
        assertThat(vitals.get("Observation/" + glucose).statusCode()).isEqualTo(404);
        assertThat(vitals.get("Observation/" + glucose + "/_history/1").statusCode())
                .isEqualTo(404);
        assertThat(vitals.get(patient).statusCode()).isEqualTo(403);
    }

    @Test
    void writesWhatMatchesBeforeAndAfterAlone() {
        assertThat(vitals.post("Observation", observation("", "vital-signs")).statusCode())
                .isEqualTo(201);
        assertThat(vitals.post("Observation", observation("", "laboratory")).statusCode())
                .isEqualTo(403);
        var pulse = stored("Observation", observation("", "vital-signs"));
        var glucose = stored("Observation", observation("", "laboratory"));
        assertThat(put(pulse, "laboratory")).isEqualTo(403);
        assertThat(put(glucose, "vital-signs")).isEqualTo(404);
        assertThat(put(pulse, "vital-signs")).isEqualTo(200);
        assertThat(backend.get("Observation/" + glucose).body()).contains("laboratory");
    }

    @Test
    void storesNothingOfATransactionThatHoldsMore() {
        var transaction = """
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"resource": %s, "request": {"method": "POST", "url": "Observation"}},
                  {"resource": %s, "request": {"method": "POST", "url": "Observation"}}]}
                """.formatted(coded("in-vain", "vital-signs"), coded("in-vain", "laboratory"));
        assertThat(vitals.post("", transaction).statusCode()).isEqualTo(403);
        assertThat(backend.get("Observation?code=in-vain").body()).doesNotContain("\"entry\"");
    }

    private static String stored(String type, String resource) {
        return FhirSession.json(backend.post(type, resource)).path("id").asText();
    }

    private static int put(String id, String category) {
        var body = BodyPublishers.ofString(observation("\"id\": \"" + id + "\",", category));
        return vitals.send("PUT", "Observation/" + id, FhirSession.FHIR_JSON, body)
                .statusCode();
    }

    private static String coded(String code, String category) {
        return observation("", category).replace("8867-4", code);
    }

    private static String observation(String id, String category) {
        return """
                {"resourceType": "Observation", %s "status": "final", "subject": {"reference": "%s"},
                 "category": [{"coding": [{"system": "%s", "code": "%s"}]}],
                 "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]}}
                """.formatted(id, patient, CATEGORY, category);
    }
}
