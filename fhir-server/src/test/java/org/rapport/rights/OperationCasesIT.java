package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertInvalid;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.resource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

class OperationCasesIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        world.store("Observation", "op-bob", observation("bob", "op"));
        world.store("Observation", "op-alice", observation("alice", "op"));
        world.store("List", "op-list", """
                "status": "current", "mode": "working", "subject": {"reference": "Patient/bob"},
                "entry": [{"item": {"reference": "Observation/op-alice"}}]""");
    }

    /** OP-002, OP-005. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?_count=1", "?_type=Observation,List,Patient", "?_since=2020-01-01"})
    void givesOnlyTheOwnRecordAtOnce(String query) {
        var session = world.alice();
        var all = session.searchAll("Patient/alice/$everything" + query);
        assertThat(all.toString()).contains("alice").doesNotContain("Patient/bob", "op-list", "op-bob");
    }

    /** OP-007, OP-015, OP-017. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation/op-bob/$validate",
                "Observation/$validate",
                "Patient/$everything",
                "Patient/alice/$meta",
                "ValueSet/$expand",
            })
    void isForSystemsOrForNobody(String operation) {
        assertDenied(world.alice().post(operation, "{\"resourceType\": \"Parameters\"}"));
        assertDenied(world.drAdams().post(operation, "{\"resourceType\": \"Parameters\"}"));
    }

    /** OP-011, OP-012, OP-013, OP-015, OP-017, OP-019. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CodeSystem/$upload-external-code-system",
                "ImplementationGuide/$install",
                "$graphql",
                "Patient/alice/$graphql",
                "Measure/x/$evaluate-measure",
                "PlanDefinition/x/$apply",
                "Patient/$match",
                "Patient/$merge",
            })
    void isNotThere(String operation) {
        for (var session : List.of(world.alice(), world.drAdams(), world.backend())) {
            assertThat(session.post(operation, "{\"resourceType\": \"Parameters\"}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(session.get(operation).statusCode()).isEqualTo(404);
        }
        assertThat(stranger()
                        .post(operation, "{\"resourceType\": \"Parameters\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    /** AC-065, OP-015, OP-019: HAPI brings these along. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation/$lastn",
                "Observation/op-alice/$expunge",
                "Patient/$hapi.fhir.merge",
                "Patient/$hapi.fhir.undo-merge",
                "$hapi.fhir.replace-references",
                "StructureDefinition/x/$snapshot",
            })
    void isOffForEverybody(String operation) {
        for (var session : List.of(world.alice(), world.drAdams(), world.backend())) {
            assertDenied(session.post(operation, "{\"resourceType\": \"Parameters\"}"));
        }
    }

    /** OP-009. */
    @Test
    void fetchesNoProfile() {
        var answer = world.backend().post("Observation/$validate", """
                {"resourceType": "Observation", "meta": {"profile": ["http://127.0.0.1:5432/x"]}, "status": "final",
                 "code": {"text": "x"}}""");
        assertThat(answer.statusCode()).isIn(200, 412);
        assertThat(answer.body()).contains("OperationOutcome");
    }

    /** BX-001. */
    @Test
    void hidesInABatch() {
        var answer = FhirSession.json(world.alice()
                .post("", bundle("batch", get("Patient/bob"), get("Patient/alice"), get("Observation?code=op"))));
        assertThat(answer.at("/entry/0/response/status").asText()).startsWith("404");
        assertThat(answer.at("/entry/1/response/status").asText()).startsWith("200");
        assertThat(answer.at("/entry/2/resource").toString())
                .contains("op-alice")
                .doesNotContain("op-bob");
    }

    /** A chain in a batch is asked in the caller's view like any other. */
    @Test
    void asksChainsInABatch() {
        var answer = FhirSession.json(world.drAdams()
                .post(
                        "",
                        bundle(
                                "batch",
                                get("Observation?patient.family=Anders&code=op"),
                                get("Observation?patient.family=Baker&code=op"))));
        assertThat(answer.at("/entry/0/resource").toString()).contains("op-alice");
        assertThat(answer.at("/entry/1/resource").toString()).doesNotContain("op-bob", "op-alice");
    }

    /** BX-003, BX-007. */
    @Test
    void refusesWhatIsMalformed() {
        assertInvalid(world.backend().post("", bundle("batch", "{\"resource\": " + bundle("batch") + "}")));
        assertInvalid(world.drAdams()
                .post(
                        "",
                        bundle(
                                "batch",
                                "{\"resource\": %s, \"request\": {\"method\": \"POST\", \"url\": \"Patient\"}}"
                                        .formatted(resource("Observation", "x", observation("alice", "op"))))));
    }

    /** BX-005. */
    @Test
    void answersAReferenceBySearchAsOneWithoutMatch() {
        var hidden = world.drAdams().post("", bundle("transaction", referring("Patient?family=Baker")));
        var unknown = world.drAdams().post("", bundle("transaction", referring("Patient?family=Nobody")));
        assertThat(hidden.statusCode()).isEqualTo(412);
        assertThat(World.normalised(hidden)).isEqualTo(World.normalised(unknown));
    }

    /** BX-009. */
    @Test
    void decidesTheSameInEveryOrder() {
        var entries = new ArrayList<>(List.of(
                get("Observation/op-alice"),
                "{\"request\": {\"method\": \"DELETE\", \"url\": \"Observation/op-alice\"}}",
                referring("Patient/alice")));
        for (int turn = 0; turn < entries.size(); turn++) {
            Collections.rotate(entries, 1);
            assertDenied(world.drAdams().post("", bundle("transaction", entries.toArray(String[]::new))));
        }
        assertThat(world.backend().get("Observation/op-alice").statusCode()).isEqualTo(200);
    }

    /** The privacy officer is told who may, and by which rule. */
    @Test
    void explainsItself() {
        var officer = SHARED.server().personSession("privacy-kim");
        var treated = FhirSession.json(officer.get("Patient/alice/$explain-access?user=Practitioner/dr-adams"));
        assertThat(treated.at("/parameter/0/valueCode").asText()).isEqualTo("permit");
        var stranger = FhirSession.json(officer.get(
                "Patient/bob/$explain-access?user=Practitioner/dr-adams&resource=Observation/op-bob&interaction=read"));
        assertThat(stranger.at("/parameter/0/valueCode").asText()).isEqualTo("deny");
        assertThat(stranger.at("/parameter/1/valueString").asText()).contains("out of reach");
        assertDenied(world.alice().get("Patient/alice/$explain-access?user=Practitioner/dr-adams"));
    }

    /** Somebody whose token is none. */
    private static FhirSession stranger() {
        return FhirSession.of(SHARED.server().origin(), () -> "none");
    }

    private static String referring(String patient) {
        return "{\"resource\": %s, \"request\": {\"method\": \"POST\", \"url\": \"Observation\"}}"
                .formatted(resource("Observation", "x", observation("alice", "op"))
                        .replace("\"reference\": \"Patient/alice\"", "\"reference\": \"" + patient + "\""));
    }

    private static String get(String url) {
        return "{\"request\": {\"method\": \"GET\", \"url\": \"" + url + "\"}}";
    }

    private static String bundle(String type, String... entries) {
        return "{\"resourceType\": \"Bundle\", \"type\": \"%s\", \"entry\": [%s]}"
                .formatted(type, String.join(",", entries));
    }
}
