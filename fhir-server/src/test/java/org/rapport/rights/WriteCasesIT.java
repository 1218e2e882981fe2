package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.assertInvalid;
import static org.rapport.rights.World.delete;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.put;
import static org.rapport.rights.World.resource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

class WriteCasesIT {

    private static final String REPORTED = """
            , "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
                                        "code": "PATRPT"}]}], "performer": [{"reference": "%s"}]""";

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        world.store("Observation", "wr-alice", observation("alice", "wr"));
        world.store("Observation", "wr-bob", observation("bob", "wr"));
    }

    @Test
    @DisplayName("WR-001: lets patients write in their own record and under their own name")
    void letsPatientsWriteInTheirOwnRecordAndName() {
        var own = reported("alice", "Patient/alice");
        assertThat(world.alice().post("Observation", own).statusCode()).isEqualTo(201);
        assertDenied(world.alice().post("Observation", reported("bob", "Patient/alice")));
        assertDenied(world.alice().post("Observation", reported("alice", "Practitioner/dr-adams")));
        assertDenied(world.alice().post("Observation", resource("Observation", "x", observation("alice", "wr"))));
        assertThat(world.alice().post("QuestionnaireResponse", """
                {"resourceType": "QuestionnaireResponse", "status": "completed", "subject": {"reference": "Patient/alice"},
                 "author": {"reference": "Patient/alice"}}""").statusCode())
                .isEqualTo(201);
        assertThat(world.alice().post("Communication", """
                {"resourceType": "Communication", "status": "completed", "subject": {"reference": "Patient/alice"},
                 "sender": {"reference": "Patient/alice"}, "recipient": [{"reference": "CareTeam/team-alice"}]}""").statusCode()).isEqualTo(201);
        assertDenied(world.alice().post("Condition", """
                {"resourceType": "Condition", "subject": {"reference": "Patient/alice"}}"""));
    }

    @Test
    @DisplayName("WR-003: refers to the hidden as to the unknown")
    void refersToTheHiddenAsToTheUnknown() {
        var hidden = world.alice().post("Observation", derived("wr-bob"));
        var unknown = world.alice().post("Observation", derived("wr-nobody"));
        assertThat(hidden.statusCode()).as(hidden.body()).isEqualTo(422);
        assertThat(World.normalised(hidden)).isEqualTo(World.normalised(unknown));
        assertThat(world.alice().post("Observation", derived("wr-alice")).statusCode())
                .isEqualTo(201);
    }

    @Test
    @DisplayName("WR-005, WR-011, WR-013: a change of what is hidden, by id or by condition, is one of what never was")
    void changesTheHiddenAsTheUnknown() {
        var before = version("Observation/wr-bob");
        assertHidden(
                put(
                        world.drAdams(),
                        "Observation/wr-bob",
                        resource("Observation", "wr-bob", observation("alice", "x"))),
                put(
                        world.drAdams(),
                        "Observation/no-one",
                        resource("Observation", "no-one", observation("alice", "x"))));
        assertHidden(
                patch("Observation/wr-bob", "application/json-patch+json", "[]"),
                patch("Observation/no-one", "application/json-patch+json", "[]"));
        for (var condition : List.of("code=wr&patient=bob", "code=wr", "identifier=bob", "_id=wr-bob")) {
            var replacing = observation("alice", "x");
            assertHidden(
                    put(world.drAdams(), "Observation?" + condition, unnamed(replacing)),
                    put(world.drAdams(), "Observation?code=nowhere", unnamed(replacing)));
            assertHidden(
                    patch("Observation?" + condition, "application/json-patch+json", "[]"),
                    patch("Observation?code=nowhere", "application/json-patch+json", "[]"));
        }
        assertThat(version("Observation/wr-bob")).isEqualTo(before);
    }

    @Test
    @DisplayName("WR-007, WR-008: nothing moves into another record, by no format of a change")
    void movesNothingIntoAnotherRecord() {
        var before = version("Observation/wr-alice");
        assertDenied(put(
                world.drAdams(),
                "Observation/wr-alice",
                resource("Observation", "wr-alice", observation("bob", "wr"))));
        assertDenied(patch(
                "Observation/wr-alice",
                "application/json-patch+json",
                "[{\"op\": \"replace\", \"path\": \"/subject/reference\", \"value\": \"Patient/bob\"}]"));
        assertDenied(patch("Observation/wr-alice", FhirSession.FHIR_JSON, """
                {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
                  {"name": "type", "valueCode": "replace"}, {"name": "path", "valueString": "Observation.subject"},
                  {"name": "value", "valueReference": {"reference": "Patient/bob"}}]}]}"""));
        assertThat(patch("Observation/wr-alice", "application/xml-patch+xml", "<diff/>")
                        .statusCode())
                .isEqualTo(415);
        assertThat(version("Observation/wr-alice")).isEqualTo(before);
    }

    @ParameterizedTest
    @DisplayName("WR-009, WR-025: who may only write sees nothing of what is written, whatever they prefer")
    @ValueSource(strings = {"return=representation", "return=OperationOutcome", "handling=strict"})
    void showsNothingToWhoMayOnlyWrite(String preference) {
        world.store("Observation", "wr-blind", observation("bob", "wr-secret"));
        var writer = SHARED.server()
                .narrowSession("demo-backend", "system/Observation.cu")
                .with("Prefer", preference);
        var patched = writer.send(
                "PATCH",
                "Observation/wr-blind",
                "application/json-patch+json",
                BodyPublishers.ofString("[{\"op\": \"replace\", \"path\": \"/status\", \"value\": \"amended\"}]"));
        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        assertThat(patched.body()).doesNotContain("wr-secret", "Patient/bob", "amended");
        assertThat(FhirSession.json(patched).path("resourceType").asText()).isEqualTo("OperationOutcome");
        var created = writer.post("Observation", resource("Observation", "x", observation("bob", "wr-secret")));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body()).doesNotContain("wr-secret", "Patient/bob");
    }

    @Test
    @DisplayName("WR-010: a reference by search that a patch brings along finds neither the hidden nor the unknown")
    void findsNothingByAPatchedReference() {
        var hidden = patch("Observation/wr-alice", "application/json-patch+json", focus("Patient?_id=bob"));
        var unknown = patch("Observation/wr-alice", "application/json-patch+json", focus("Patient?_id=no-one"));
        assertThat(hidden.statusCode()).as(hidden.body()).isEqualTo(412);
        assertThat(World.normalised(hidden)).isEqualTo(World.normalised(unknown));
    }

    private static String focus(String reference) {
        return "[{\"op\": \"add\", \"path\": \"/focus\", \"value\": [{\"reference\": \"%s\"}]}]".formatted(reference);
    }

    @ParameterizedTest
    @DisplayName("WR-014: deletes nothing")
    @ValueSource(strings = {"", "?_cascade=delete", "?_expunge=true"})
    void deletesNothing(String query) {
        assertDenied(delete(world.drAdams(), "Observation/wr-alice" + query));
        assertDenied(delete(world.alice(), "Observation/wr-alice" + query));
        assertThat(world.backend().get("Observation/wr-alice").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("WR-015: changes appointments and consents by version")
    void changesAppointmentsAndConsentsByVersion() {
        world.store("Appointment", "wr-visit", """
                "status": "proposed", "participant": [{"actor": {"reference": "Patient/alice"}, "status": "accepted"}]""");
        var visit = world.backend().get("Appointment/wr-visit").body();
        assertInvalid(put(world.drAdams(), "Appointment/wr-visit", visit));
        var stale = put(world.drAdams().with("If-Match", "W/\"77\""), "Appointment/wr-visit", visit);
        assertThat(stale.statusCode()).as(stale.body()).isEqualTo(412);
        assertThat(stale.body()).contains("\"code\":\"conflict\"");
        var current = world.drAdams().with("If-Match", "W/\"" + version("Appointment/wr-visit") + "\"");
        assertThat(put(current, "Appointment/wr-visit", visit).statusCode()).isEqualTo(200);
        assertInvalid(put(world.backend(), "Appointment/wr-visit", visit));
        var consent = resource("Consent", "wr-consent", """
                "status": "inactive", "patient": {"reference": "Patient/alice"}, "category": [{"text": "x"}],
                "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}]}""");
        assertThat(put(world.backend(), "Consent/wr-consent", consent).statusCode())
                .isEqualTo(201);
        assertInvalid(put(world.backend(), "Consent/wr-consent", consent));
        var outdated = world.backend().with("If-Match", "W/\"77\"");
        assertThat(put(outdated, "Consent/wr-consent", consent).statusCode()).isEqualTo(412);
        var seen = world.backend().seeing("Consent/wr-consent");
        assertThat(put(seen, "Consent/wr-consent", consent.replace("\"x\"", "\"y\""))
                        .statusCode())
                .isEqualTo(200);
        World.delete(world.backend(), "Consent/wr-consent");
    }

    @Test
    @DisplayName("WR-017: lowers no label")
    void lowersNoLabel() {
        var restricted = """
                "meta": {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]},
                """;
        world.store("Observation", "wr-label", restricted + observation("alice", "wr"));
        assertDenied(put(
                world.drAdams(),
                "Observation/wr-label",
                resource(
                        "Observation", "wr-label", restricted.replace("\"R\"", "\"N\"") + observation("alice", "wr"))));
        assertDenied(world.drAdams().post("Observation/wr-label/$meta-delete", "{\"resourceType\": \"Parameters\"}"));
    }

    @ParameterizedTest
    @DisplayName("WR-019: nobody writes an AuditEvent")
    @CsvSource({"POST, ''", "PUT, /1", "PATCH, /1", "DELETE, /1"})
    void writesNoAuditEvent(String method, String id) {
        var event = method.equals("PATCH") ? "[]" : "{\"resourceType\": \"AuditEvent\", \"id\": \"1\"}";
        var format = method.equals("PATCH") ? "application/json-patch+json" : FhirSession.FHIR_JSON;
        for (var session : List.of(
                world.alice(), world.drAdams(), world.backend(), SHARED.server().personSession("privacy-kim"))) {
            assertThat(session.send(method, "AuditEvent" + id, format, BodyPublishers.ofString(event))
                            .statusCode())
                    .isIn(403, 405);
        }
    }

    @Test
    @DisplayName("AC-063: goes by the method of the request")
    void goesByTheMethodOfTheRequest() {
        var overriding =
                world.backend().with("X-HTTP-Method-Override", "DELETE").with("X-Method-Override", "DELETE");
        assertThat(overriding.get("Observation/wr-alice?_method=DELETE").statusCode())
                .isEqualTo(200);
        assertThat(overriding
                        .post("Observation/wr-alice?_method=DELETE", "{\"resourceType\": \"Observation\"}")
                        .statusCode())
                .isBetween(400, 405);
        assertThat(world.backend().get("Observation/wr-alice").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("AC-045: links no patients")
    void linksNoPatients() {
        var carol = world.backend().get("Patient/carol").body();
        var linked = carol.substring(0, carol.lastIndexOf('}'))
                + ", \"link\": [{\"other\": {\"reference\": \"Patient/bob\"}, \"type\": \"seealso\"}]}";
        assertDenied(put(world.drAdams(), "Patient/carol", linked));
        assertDenied(put(world.alice(), "Patient/alice", linked.replace("carol", "alice")));
    }

    private static String reported(String patient, String performer) {
        return resource("Observation", "x", observation(patient, "wr") + REPORTED.formatted(performer))
                .replace("\"id\": \"x\", ", "");
    }

    private static String unnamed(String rest) {
        return "{\"resourceType\": \"Observation\", " + rest + "}";
    }

    private static String derived(String from) {
        var observation = reported("alice", "Patient/alice");
        return observation.substring(0, observation.lastIndexOf('}'))
                + ", \"derivedFrom\": [{\"reference\": \"Observation/" + from + "\"}]}";
    }

    private static HttpResponse<String> patch(String path, String format, String body) {
        return world.drAdams().send("PATCH", path, format, BodyPublishers.ofString(body));
    }

    private static String version(String path) {
        return FhirSession.json(world.backend().get(path)).at("/meta/versionId").asText();
    }
}
