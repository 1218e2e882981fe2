package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.assertInvalid;
import static org.rapport.rights.World.delete;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.put;
import static org.rapport.rights.World.resource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
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

    /** WR-001 and what a portal needs. */
    @Test
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

    /** WR-003. */
    @Test
    void refersToTheHiddenAsToTheUnknown() {
        var hidden = world.alice().post("Observation", derived("wr-bob"));
        var unknown = world.alice().post("Observation", derived("wr-nobody"));
        assertThat(hidden.statusCode()).as(hidden.body()).isEqualTo(422);
        assertThat(World.normalised(hidden)).isEqualTo(World.normalised(unknown));
        assertThat(world.alice().post("Observation", derived("wr-alice")).statusCode())
                .isEqualTo(201);
    }

    /** WR-005, WR-011, WR-013. */
    @Test
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
        assertThat(patch("Observation/wr-bob", "application/json-patch+json", "[]")
                        .statusCode())
                .isEqualTo(404);
        assertThat(put(
                                world.drAdams(),
                                "Observation?code=wr&patient=bob",
                                resource("Observation", "", observation("alice", "x"))
                                        .replace("\"id\": \"\", ", ""))
                        .statusCode())
                .isEqualTo(404);
        assertThat(patch("Observation?code=wr", "application/json-patch+json", "[]")
                        .statusCode())
                .isEqualTo(404);
        assertThat(version("Observation/wr-bob")).isEqualTo(before);
    }

    /** WR-007, WR-008. */
    @Test
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
        assertThat(patch("Observation/wr-alice", "application/xml-patch+xml", "<diff/>")
                        .statusCode())
                .isEqualTo(415);
        assertThat(version("Observation/wr-alice")).isEqualTo(before);
    }

    /** WR-009, WR-025: who may only write sees nothing of what is written, whatever they prefer. */
    @ParameterizedTest
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

    /** WR-010. */
    @Test
    void findsNothingByACondition() {
        assertDenied(world.drAdams()
                .with("If-None-Exist", "code=wr")
                .post("Observation", resource("Observation", "x", observation("alice", "wr"))));
        assertDenied(world.alice().post("Patient", "{\"resourceType\": \"Patient\"}"));
    }

    /** WR-010: a reference by search that a patch brings along finds neither the hidden nor the unknown. */
    @Test
    void findsNothingByAPatchedReference() {
        var hidden = patch("Observation/wr-alice", "application/json-patch+json", focus("Patient?_id=bob"));
        var unknown = patch("Observation/wr-alice", "application/json-patch+json", focus("Patient?_id=no-one"));
        assertThat(hidden.statusCode()).as(hidden.body()).isEqualTo(412);
        assertThat(World.normalised(hidden)).isEqualTo(World.normalised(unknown));
    }

    private static String focus(String reference) {
        return "[{\"op\": \"add\", \"path\": \"/focus\", \"value\": [{\"reference\": \"%s\"}]}]".formatted(reference);
    }

    /** WR-014. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?_cascade=delete", "?_expunge=true"})
    void deletesNothing(String query) {
        assertDenied(delete(world.drAdams(), "Observation/wr-alice" + query));
        assertDenied(delete(world.alice(), "Observation/wr-alice" + query));
        assertThat(world.backend().get("Observation/wr-alice").statusCode()).isEqualTo(200);
    }

    /** WR-015. */
    @Test
    void changesAppointmentsByVersion() {
        world.store("Appointment", "wr-visit", """
                "status": "proposed", "participant": [{"actor": {"reference": "Patient/alice"}, "status": "accepted"}]""");
        var visit = world.backend().get("Appointment/wr-visit").body();
        assertInvalid(put(world.drAdams(), "Appointment/wr-visit", visit));
        var stale = put(world.drAdams().with("If-Match", "W/\"77\""), "Appointment/wr-visit", visit);
        assertThat(stale.statusCode()).as(stale.body()).isEqualTo(412);
        var current = world.drAdams().with("If-Match", "W/\"" + version("Appointment/wr-visit") + "\"");
        assertThat(put(current, "Appointment/wr-visit", visit).statusCode()).isEqualTo(200);
    }

    /** WR-017. */
    @Test
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

    /** WR-019. */
    @Test
    void writesNoAuditEvent() {
        for (var session : List.of(world.alice(), world.drAdams(), world.backend())) {
            assertThat(session.post("AuditEvent", "{\"resourceType\": \"AuditEvent\"}")
                            .statusCode())
                    .isIn(403, 405);
            assertThat(delete(session, "AuditEvent/1").statusCode()).isIn(403, 405);
        }
    }

    /** AC-053, WR-003: who attaches a file could read it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Binary/wr-file", "Binary/never-there", "%s/fhir/Binary/wr-file", "Binary/wr-file/_history/1"})
    void attachesNoFileThatIsHidden(String url) {
        world.store("Binary", "wr-file", "\"contentType\": \"text/plain\", \"data\": \"eA==\"");
        var attached = """
                "status": "current", "subject": {"reference": "Patient/alice"},
                "content": [{"attachment": {"url": "%s"}}]""".formatted(url.formatted(SHARED.server().origin()));
        var document = resource("DocumentReference", "wr-attached", attached);
        assertThat(world.drAdams().post("DocumentReference", document).statusCode())
                .isEqualTo(422);
        assertThat(world.drAdams().get("Binary/wr-file").statusCode()).isEqualTo(404);
    }

    /** AC-055. */
    @Test
    void fetchesNoAttachment() throws IOException {
        try (var inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var urls = List.of(
                    "http://127.0.0.1:" + inside.getLocalPort() + "/x",
                    "http://169.254.169.254/",
                    "file:///etc/passwd");
            var contents = urls.stream()
                    .map("{\"attachment\": {\"contentType\": \"text/plain\", \"url\": \"%s\"}}"::formatted)
                    .collect(Collectors.joining(","));
            world.store("DocumentReference", "wr-linked", """
                    "status": "current", "subject": {"reference": "Patient/alice"}, "content": [%s]""".formatted(contents));
            assertThat(world.alice().get("DocumentReference/wr-linked").body()).contains(urls);
            inside.setSoTimeout(300);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(inside::accept);
        }
    }

    /** AC-063. */
    @Test
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

    /** AC-045. */
    @Test
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
