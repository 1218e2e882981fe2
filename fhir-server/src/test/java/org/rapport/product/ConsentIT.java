package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;
import org.rapport.harness.SharedServer;

/** What a patient's consent does to a doctor on two instances over one database. */
class ConsentIT {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String PULSE = "8867-4";
    private static final String HIV_STATUS = "75622-1";

    private static final String PREVIEWS_OF_ALICE =
            "select count(*) from audit_log where patient = 'alice' and interaction = 'operation' and resource_type = 'Consent'";

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    @RegisterExtension
    static final Harness HARNESS = new Harness();

    private static FhirSession backend;
    private static FhirSession doctor;
    private static FhirSession elsewhere;

    private String patient = "";
    private String pulse = "";

    @BeforeAll
    static void start() {
        backend = SHARED.session("demo-backend");
        doctor = SHARED.server().personSession("dr-adams");
        var second =
                HARNESS.audited(HARNESS.planBeside(SHARED.server(), "second")).start();
        elsewhere = doctor.at(second);
    }

    @BeforeEach
    void store() {
        patient = "Patient/" + stored("Patient", """
                {"resourceType": "Patient", "name": [{"family": "Consenting"}],
                 "generalPractitioner": [{"reference": "Practitioner/dr-adams"}]}
                """);
        pulse = "Observation/" + stored("Observation", observation(PULSE));
    }

    @Test
    @DisplayName("AC-029: a denial hides a record on every instance within a second, and its end shows it again")
    void takesEffectWithinASecond() {
        assertThat(status(doctor, pulse)).isEqualTo(200);
        assertThat(doctor.get("Observation?patient=" + patient).body()).contains(pulse);
        assertThat(status(elsewhere, pulse)).isEqualTo(200);

        var consent = stored("Consent", consent("", "active", "\"type\": \"deny\""));
        awaitStatus(404);
        assertHidden(pulse, "Observation/never-there");
        assertHidden(pulse + "/_history", "Observation/never-there/_history");
        assertHidden(pulse + "/_history/1", "Observation/never-there/_history/1");
        assertHidden(patient, "Patient/never-there");
        assertHidden(patient + "/$everything", "Patient/never-there/$everything");
        for (var session : List.of(doctor, elsewhere)) {
            assertThat(session.get("Observation?patient=" + patient).body()).doesNotContain("\"entry\"", "\"total\"");
            assertThat(session.get("Patient?family=Consenting").body()).doesNotContain(patient);
        }
        assertThat(backend.get(pulse).statusCode()).isEqualTo(200);

        var ended = consent("\"id\": \"" + consent + "\",", "inactive", "\"type\": \"deny\"");
        assertThat(put(backend.seeing("Consent/" + consent), "Consent/" + consent, ended))
                .isEqualTo(200);
        awaitStatus(200);
        assertThat(doctor.get("Observation?patient=" + patient).body()).contains(pulse);
    }

    @Test
    void hidesInABatchAndForbidsWriting() {
        stored("Consent", consent("", "active", "\"type\": \"deny\""));
        awaitStatus(404);
        var answer = FhirSession.json(doctor.post("", """
                {"resourceType": "Bundle", "type": "batch", "entry": [
                  {"request": {"method": "GET", "url": "%s"}},
                  {"request": {"method": "GET", "url": "Observation/never-there"}},
                  {"request": {"method": "GET", "url": "Observation?patient=%s"}}]}
                """.formatted(pulse, patient)));
        assertThat(answer.at("/entry/0")).isEqualTo(answer.at("/entry/1"));
        assertThat(answer.at("/entry/0/response/status").asText()).startsWith("404");
        assertThat(answer.at("/entry/2/resource/entry")).isEmpty();
        assertThat(answer.at("/entry/2/resource/total").isMissingNode()).isTrue();

        assertThat(doctor.post("Observation", observation(PULSE)).statusCode()).isEqualTo(403);
        assertThat(doctor.post("", """
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"resource": %s, "request": {"method": "POST", "url": "Observation"}}]}
                """.formatted(observation(PULSE))).statusCode())
                .isEqualTo(403);
        assertThat(put(
                        doctor,
                        pulse,
                        observation(PULSE)
                                .replace(
                                        "{\"resourceType\"",
                                        "{\"id\": \"" + pulse.substring("Observation/".length())
                                                + "\", \"resourceType\"")))
                .isEqualTo(404);
        assertThat(backend.searchAll("Observation?patient=" + patient)).hasSize(1);
    }

    @Test
    void leavesOutWhatIsLabelledAsSensitive() {
        var hiv = "Observation/" + stored("Observation", observation(HIV_STATUS));
        assertThat(status(doctor, hiv)).isEqualTo(200);
        stored("Consent", consent("", "active", """
                "type": "permit", "provision": [{"type": "deny", "securityLabel": [
                  {"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]}]
                """));
        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> status(doctor, hiv) == 404);
        assertThat(status(doctor, pulse)).isEqualTo(200);
        assertThat(doctor.get("Observation?patient=" + patient).body())
                .contains(pulse)
                .doesNotContain(hiv);
        assertThat(doctor.get(patient + "/$everything").body()).contains(pulse).doesNotContain(hiv, "\"total\"");
        assertThat(doctor.post("Observation", observation(PULSE)).statusCode()).isEqualTo(201);
    }

    @Test
    @DisplayName("CD-29: a consent that says neither permit nor deny hides the record, and privacy officers are told")
    void isFlaggedWhenItSaysNeitherPermitNorDeny() {
        var unclear =
                consent("", "active", "").replaceAll("\"policyRule\": .*,", "\"policy\": [{\"uri\": \"urn:house\"}],");
        var consent = stored("Consent", unclear);
        awaitStatus(404);
        assertThat(SHARED.server().personSession("privacy-kim").searchAll("Flag"))
                .filteredOn(
                        flag -> flag.at("/subject/identifier/value").asText().equals("Consent/" + consent))
                .singleElement()
                .satisfies(flag -> assertThat(flag.at("/code/text").asText()).startsWith("CONSENT: "));
    }

    @Test
    @DisplayName(
            "CD-37: of ten Observations three are denied: seven are left, without a total, on pages as full as any")
    void leavesThePagesAsTheyAre() {
        var denied = IntStream.range(0, 3)
                .mapToObj(number -> "Observation/" + stored("Observation", observation(HIV_STATUS)))
                .toList();
        IntStream.range(0, 6).forEach(number -> stored("Observation", observation(PULSE)));
        var search = "Observation?_count=4&patient=" + patient;
        assertThat(pages(search)).extracting(page -> page.path("entry").size()).containsExactly(4, 4, 2);

        stored("Consent", consent("", "active", """
                "type": "permit", "provision": [{"type": "deny", "securityLabel": [
                  {"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]}]
                """));
        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> status(doctor, denied.get(0)) == 404);
        assertThat(pages(search)).extracting(page -> page.path("entry").size()).containsExactly(4, 3);
        var newestFirst = pages(search + "&_sort=-_lastUpdated");
        assertThat(newestFirst).extracting(page -> page.path("entry").size()).containsExactly(4, 3);
        assertThat(newestFirst)
                .flatExtracting(page -> page.findValuesAsText("fullUrl"))
                .doesNotHaveDuplicates();
        assertThat(pages(search).toString()).doesNotContain("\"total\"").doesNotContain(denied);
    }

    private static List<JsonNode> pages(String search) {
        return Stream.iterate(
                        Optional.of(FhirSession.json(doctor.get(search))),
                        Optional::isPresent,
                        page -> page.flatMap(ConsentIT::next).map(doctor::get).map(FhirSession::json))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> next(JsonNode page) {
        return StreamSupport.stream(page.path("link").spliterator(), false)
                .filter(link -> link.path("relation").asText().equals("next"))
                .map(link -> link.path("url").asText())
                .findFirst();
    }

    @Test
    void isPreviewedByThePatientAndByPrivacyOfficers() {
        var alice = SHARED.server().personSession("alice");
        var officer = SHARED.server().personSession("privacy-kim");
        patient = "Patient/alice";
        stored("AdverseEvent", """
                {"resourceType": "AdverseEvent", "actuality": "actual", "subject": {"reference": "Patient/alice"}}""");
        stored("Appointment", """
                {"resourceType": "Appointment", "status": "proposed", "participant": [
                  {"actor": {"reference": "Patient/alice"}, "status": "accepted"},
                  {"actor": {"reference": "Patient/bob"}, "status": "accepted"}]}""");
        long rows = SHARED.database().number(PREVIEWS_OF_ALICE);
        var asked = """
                {"resourceType": "Parameters", "parameter": [{"name": "consent", "resource": %s}]}
                """.formatted(consent("", "active", "\"type\": \"deny\""));
        for (var session : List.of(alice, officer)) {
            var changes =
                    FhirSession.json(session.post("Consent/$preview", asked)).path("parameter");
            assertThat(changes.findValuesAsText("valueCode").contains("AdverseEvent"))
                    .isEqualTo(session == officer);
            assertThat(changes).anySatisfy(change -> {
                assertThat(change.at("/part/0/valueReference/reference").asText())
                        .isEqualTo("Practitioner/dr-adams");
                assertThat(change.at("/part/1/valueCode").asText()).isEqualTo("Patient");
                assertThat(change.at("/part/2/valueInteger").asInt()).isZero();
                assertThat(change.at("/part/3/valueInteger").asInt()).isEqualTo(1);
            });
        }
        assertThat(SHARED.database().number(PREVIEWS_OF_ALICE)).isEqualTo(rows + 2);
        assertThat(doctor.get("Patient/alice").statusCode()).isEqualTo(200);
        assertThat(doctor.post("Consent/$preview", asked).statusCode()).isEqualTo(403);
        assertThat(SHARED.server()
                        .personSession("bob")
                        .post("Consent/$preview", asked)
                        .statusCode())
                .isEqualTo(403);
        assertThat(alice.post("Consent/$preview", "{\"resourceType\": \"Parameters\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    private void awaitStatus(int status) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> status(doctor, pulse) == status && status(elsewhere, pulse) == status);
    }

    private static void assertHidden(String path, String unknown) {
        for (var session : List.of(doctor, elsewhere)) {
            HttpResponse<String> answer = session.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).isEqualTo(session.get(unknown).body());
        }
    }

    private static int status(FhirSession session, String path) {
        return session.get(path).statusCode();
    }

    private static int put(FhirSession session, String path, String resource) {
        return session.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource))
                .statusCode();
    }

    private static String stored(String type, String resource) {
        return FhirSession.json(backend.post(type, resource)).path("id").asText();
    }

    private String observation(String code) {
        return """
                {"resourceType": "Observation", "status": "final", "subject": {"reference": "%s"},
                 "code": {"coding": [{"system": "http://loinc.org", "code": "%s"}]}}
                """.formatted(patient, code);
    }

    private String consent(String id, String status, String provision) {
        return """
                {"resourceType": "Consent", %s "status": "%s", "patient": {"reference": "%s"},
                 "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                   "code": "patient-privacy"}]},
                 "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
                 "policyRule": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]},
                 "provision": {%s}}
                """.formatted(id, status, patient, provision);
    }
}
