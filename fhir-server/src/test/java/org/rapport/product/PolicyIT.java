package org.rapport.product;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;
import org.rapport.harness.SharedServer;

/** What is kept of each change of a Consent: which text of a policy was seen, and what was chosen. On two instances. */
class PolicyIT {

    private static final String OPTION = "https://rapport.example/fhir/StructureDefinition/consent-option";

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    @RegisterExtension
    static final Harness HARNESS = new Harness();

    private static FhirSession backend;
    private static FhirSession admin;
    private static FhirSession alice;
    private static FhirSession doctor;
    private static FhirSession elsewhere;

    private static String begun = "";

    private PolicyRequests policy = PolicyRequests.ofANewPolicy();
    private String uri = "";

    @BeforeAll
    static void start() {
        backend = SHARED.session("demo-backend");
        admin = SHARED.server().personSession("admin");
        alice = SHARED.server().personSession("alice");
        doctor = SHARED.server().personSession("dr-adams");
        var second = HARNESS.server(HARNESS.planBeside(SHARED.server(), "policy-second"))
                .start();
        elsewhere = backend.at(second);
        begun = Instant.ofEpochMilli(
                        SHARED.database().number("select floor(extract(epoch from clock_timestamp()) * 1000)::bigint"))
                .toString();
    }

    @BeforeEach
    void publishTheFirst() {
        policy = PolicyRequests.ofANewPolicy();
        uri = policy.uri();
        assertThat(policy.publish(admin, "1", "de Erster", "en First").statusCode())
                .isEqualTo(200);
    }

    @AfterEach
    void forget() {
        backend.searchAll("Consent?patient=Patient/alice&_lastUpdated=ge" + begun).stream()
                .map(consent -> consent.path("id").asText())
                .forEach(consent -> {
                    var told = told(backend, consent);
                    delete("Consent/" + consent);
                    told.forEach(each -> delete("Provenance/" + each.path("id").asText()));
                });
    }

    @Test
    @DisplayName("GD-005: each change of a Consent keeps the text that was seen and the options chosen anew")
    void keepsWhatWasSeen() {
        var consent = stored("\"language\": \"de\",", uri, "active", "permit");
        policy.publish(admin, "2", "de Zweiter", "en Second");
        assertThat(put(elsewhere, consent, "\"language\": \"de\",", uri, "inactive", "permit"))
                .isEqualTo(200);

        var told = told(alice, consent);
        assertThat(told).hasSize(2);
        var first = told.get(0);
        assertThat(first.at("/target").findValuesAsText("reference"))
                .containsExactly("Consent/" + consent + "/_history/1", "Patient/alice");
        assertThat(first.at("/policy/0").asText()).isEqualTo(uri + "|1");
        assertThat(first.at("/agent/0/onBehalfOf/reference").asText()).isEqualTo("Patient/alice");
        assertThat(first.path("entity")).hasSize(1);
        assertThat(PolicyRequests.seen(alice, first)).isEqualTo("de Erster");

        var second = told.get(1);
        assertThat(second.at("/target/0/reference").asText()).isEqualTo("Consent/" + consent + "/_history/2");
        assertThat(second.at("/policy/0").asText()).isEqualTo(uri + "|2");
        assertThat(PolicyRequests.seen(alice, second)).isEqualTo("de Zweiter");
        assertThat(second.at("/entity/1/what/reference").asText()).isEqualTo("Consent/" + consent + "/_history/1");
        assertThat(options(second)).containsExactly("status active inactive");
        assertThat(told(doctor, consent)).isEqualTo(told);
        assertThat(read(doctor, "transaction", told)).isEqualTo(told);
        assertThat(read(doctor, "batch", told)).isEqualTo(told);
    }

    @Test
    void keepsTheVersionThatTheConsentNames() {
        policy.publish(admin, "2", "de Zweiter");
        var consent = stored("", uri + "|1", "active", "permit");
        assertThat(put(backend, consent, "", uri + "|2", "active", "deny")).isEqualTo(200);
        var told = told(backend, consent);
        assertThat(told).extracting(each -> each.at("/policy/0").asText()).containsExactly(uri + "|1", uri + "|2");
        assertThat(told.get(0).path("entity")).hasSize(2);
        assertThat(options(told.get(1)))
                .containsExactly("policy[0].uri " + uri + "|1 " + uri + "|2", "provision.type permit deny");
    }

    @Test
    void refusesAVersionThatWasNeverPublished() {
        long consents = SHARED.database().number("select count(*) from hfj_resource where res_type = 'Consent'");
        var refused = backend.post("Consent", consent("", "", uri + "|9", "active", "permit"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("business-rule", "Name one of these", ": 1");
        assertThat(transaction(consent("", "", uri + "|9", "active", "permit")).statusCode())
                .isEqualTo(422);
        assertThat(SHARED.database().number("select count(*) from hfj_resource where res_type = 'Consent'"))
                .isEqualTo(consents);
        assertThat(backend.post("Consent", consent("", "", "urn:without:texts|9", "active", "permit"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void refusesMoreChangesThanItKeeps() {
        var consent = stored("", uri, "active", "permit");
        var actions = "{\"text\": \"x\"},".repeat(1_000) + "{\"text\": \"x\"}";
        var changed = consent(
                "\"id\": \"" + consent + "\",",
                "",
                uri,
                "active",
                "deny\", \"action\": [" + actions + "], \"id\": \"x");
        var path = "Consent/" + consent;
        var refused = backend.seeing(path).send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(changed));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("1000 options of a Consent change at once at most");
        assertThat(told(backend, consent)).hasSize(1);
    }

    @Test
    void isKeptOfATransactionToo() {
        var answer = transaction(consent("", "", uri, "active", "permit"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var location = FhirSession.json(answer).at("/entry/0/response/location").asText();
        assertThat(told(alice, location.replaceAll("Consent/|/_history.*", "")))
                .singleElement()
                .satisfies(told -> assertThat(told.at("/policy/0").asText()).isEqualTo(uri + "|1"));
    }

    @Test
    void isNeitherForgedNorAlteredByAnybody() {
        var consent = stored("", uri, "active", "permit");
        var kept = told(backend, consent).get(0);
        var path = "Provenance/" + kept.path("id").asText();
        var forged = """
                {"resourceType": "Provenance", "target": [{"reference": "%s"}], "recorded": "2026-01-01T00:00:00Z",
                 "policy": ["%s|1"], "agent": [{"who": {"reference": "Patient/alice"}}]}
                """;
        for (var target :
                List.of("Consent/" + consent, "Consent/" + consent + "/_history/1", "Consent?_id=" + consent)) {
            assertThat(backend.post("Provenance", forged.formatted(target, uri)).statusCode())
                    .as(target)
                    .isEqualTo(403);
        }
        assertThat(put(backend, path, kept.toString().replace(uri + "|1", uri + "|2")))
                .isEqualTo(403);
        var elsewhereTargeted = kept.toString().replace("Consent/" + consent + "/_history/1", "Patient/bob");
        assertThat(put(backend, path, elsewhereTargeted)).isEqualTo(403);
        assertThat(delete(path)).isEqualTo(403);
        assertThat(told(backend, consent)).containsExactly(kept);

        assertThat(delete("Consent/" + consent)).isBetween(200, 204);
        assertThat(alice.get(path).statusCode()).isEqualTo(200);
        assertThat(delete(path)).isBetween(200, 204);
    }

    @Test
    @DisplayName("who may not see a Consent gets N404 for its Provenance, though the record is open to them")
    void isHiddenWithTheConsent() {
        var hidden = stored("", uri, "active", "permit");
        assertThat(told(doctor, hidden)).hasSize(1);
        var path = "Provenance/" + told(doctor, hidden).get(0).path("id").asText();
        var denial = consent("", "", "urn:hiding", "active", """
                permit", "provision": [{"type": "deny", "data": [
                  {"meaning": "instance", "reference": {"reference": "Consent/%s"}}]}], "id": "x""".formatted(hidden));
        var denying =
                FhirSession.json(backend.post("Consent", denial)).path("id").asText();
        try {
            assertThat(doctor.get("Consent/" + hidden).statusCode()).isEqualTo(404);
            assertThat(doctor.get(path).statusCode()).isEqualTo(404);
            assertThat(doctor.get(path).body())
                    .isEqualTo(doctor.get("Provenance/never-there").body());
            assertThat(told(doctor, hidden)).isEmpty();
            assertThat(doctor.get("Patient/alice").statusCode()).isEqualTo(200);
            assertThat(told(alice, hidden)).hasSize(1);
            assertThat(SHARED.server().personSession("bob").get(path).statusCode())
                    .isEqualTo(404);
            assertThat(SHARED.server()
                            .narrowSession("demo-backend", "system/Provenance.rs")
                            .get(path)
                            .statusCode())
                    .isEqualTo(404);
        } finally {
            delete("Consent/" + denying);
        }
        assertThat(doctor.get(path).statusCode()).isEqualTo(200);
    }

    private static List<JsonNode> told(FhirSession session, String consent) {
        return session.searchAll("Provenance?target=Consent/" + consent + "&_sort=_lastUpdated");
    }

    private static List<JsonNode> read(FhirSession session, String type, List<JsonNode> provenances) {
        var entries = provenances.stream()
                .map(each -> "{\"request\": {\"method\": \"GET\", \"url\": \"Provenance/%s\"}}"
                        .formatted(each.path("id").asText()))
                .collect(joining(","));
        var answer = session.post("", """
                {"resourceType": "Bundle", "type": "%s", "entry": [%s]}""".formatted(type, entries));
        return StreamSupport.stream(FhirSession.json(answer).path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .toList();
    }

    private static List<String> options(JsonNode provenance) {
        return StreamSupport.stream(provenance.path("entity").spliterator(), false)
                .filter(entity -> entity.path("role").asText().equals("revision"))
                .flatMap(entity -> StreamSupport.stream(entity.path("extension").spliterator(), false))
                .filter(extension -> extension.path("url").asText().equals(OPTION))
                .map(extension -> String.join(" ", extension.findValuesAsText("valueString")))
                .toList();
    }

    private static String stored(String language, String policy, String status, String type) {
        var answer = backend.post("Consent", consent("", language, policy, status, type));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return FhirSession.json(answer).path("id").asText();
    }

    private static HttpResponse<String> transaction(String consent) {
        return backend.post("", """
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"resource": %s, "request": {"method": "POST", "url": "Consent"}}]}
                """.formatted(consent));
    }

    private static int put(
            FhirSession session, String consent, String language, String policy, String status, String type) {
        return put(
                session, "Consent/" + consent, consent("\"id\": \"" + consent + "\",", language, policy, status, type));
    }

    private static int put(FhirSession session, String path, String resource) {
        return session.seeing(path)
                .send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource))
                .statusCode();
    }

    private static int delete(String path) {
        return backend.send("DELETE", path, "", BodyPublishers.noBody()).statusCode();
    }

    private static String consent(String id, String language, String policy, String status, String type) {
        return """
                {"resourceType": "Consent", %s %s "status": "%s", "patient": {"reference": "Patient/alice"},
                 "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "%s"}]},
                 "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
                 "policy": [{"uri": "%s"}], "provision": {"type": "%s"}}
                """.formatted(
                id, language, status, policy.equals("urn:hiding") ? "patient-privacy" : "research", policy, type);
    }
}
