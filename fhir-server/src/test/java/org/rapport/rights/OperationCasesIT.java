package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.resource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
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
        world.store("Composition", "op-composition", """
                "status": "final", "type": {"text": "op"}, "date": "2026-01-01", "title": "op",
                "subject": {"reference": "Patient/bob"}, "author": [{"reference": "Practitioner/dr-brandt"}],
                "section": [{"title": "op", "entry": [{"reference": "Observation/op-alice"}]}]""");
        world.store("Provenance", "op-provenance", """
                "target": [{"reference": "Observation/op-alice"}, {"reference": "Patient/bob"}],
                "recorded": "2026-01-01T00:00:00Z", "agent": [{"who": {"reference": "Practitioner/dr-brandt"}}]""");
        Cohorts.group(world, "op-group", "alice", "bob");
    }

    @AfterAll
    static void forget() {
        List.of("List/op-list", "Composition/op-composition", "Provenance/op-provenance", "Group/op-group")
                .forEach(path -> World.delete(world.backend(), path));
    }

    @ParameterizedTest
    @DisplayName("OP-002, OP-005: $everything is the own record on each page, whatever ties it to another")
    @ValueSource(
            strings = {
                "",
                "?_count=1",
                "?_type=Observation,List,Patient,Composition,Provenance,Group",
                "?_since=2020-01-01",
            })
    void givesOnlyTheOwnRecordAtOnce(String query) {
        for (var session : List.of(world.alice(), world.drAdams())) {
            var all = session.searchAll("Patient/alice/$everything" + query);
            assertThat(all.toString())
                    .contains("op-alice")
                    .doesNotContain("Patient/bob", "op-list", "op-bob", "op-composition", "op-provenance", "op-group")
                    .doesNotContain("\"Group\"");
        }
    }

    @Test
    @DisplayName("OP-003: a patient who never was has nothing, and no reference to one is stored")
    void givesNothingOfWhoNeverWas() {
        var dangling = world.backend().post("Observation", resource("Observation", "x", observation("op-never", "op")));
        assertThat(dangling.statusCode()).as(dangling.body()).isBetween(400, 422);
        for (var session : List.of(world.alice(), world.drAdams(), world.backend())) {
            assertHidden(session.get("Patient/op-never/$everything"), session.get("Patient/never-there/$everything"));
        }
    }

    @ParameterizedTest
    @DisplayName("OP-007: $validate tells nobody whether a record holds something")
    @ValueSource(strings = {"", "?mode=delete", "?mode=update", "?profile=http://hl7.org/fhir/StructureDefinition/bp"})
    void validatesTheHiddenAsTheUnknown(String query) {
        for (var session : List.of(world.alice(), world.drAdams())) {
            for (var method : List.of("GET", "POST")) {
                var answers = Stream.of("op-bob", "op-nobody")
                        .map(id -> session.send(
                                method,
                                "Observation/" + id + "/$validate" + query,
                                FhirSession.FHIR_JSON,
                                BodyPublishers.ofString(resource("Observation", id, observation(id, "op")))))
                        .toList();
                assertDenied(answers.get(0));
                assertThat(World.normalised(answers.get(0))).isEqualTo(World.normalised(answers.get(1)));
            }
        }
    }

    @ParameterizedTest
    @DisplayName("OP-007, OP-017: is for systems or for nobody")
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

    @ParameterizedTest
    @DisplayName(
            "AC-065, OP-011, OP-012, OP-013, OP-015, OP-017, OP-019: is not there, or off though HAPI brings it along")
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
                "Observation/$lastn",
                "Observation/op-alice/$expunge",
                "Observation/op-bob/$expunge",
                "Patient/$hapi.fhir.merge",
                "Patient/$hapi.fhir.undo-merge",
                "$hapi.fhir.replace-references",
                "StructureDefinition/x/$snapshot",
            })
    void isNotThere(String operation) {
        for (var session : List.of(world.alice(), world.drAdams(), world.backend())) {
            var answer = session.post(operation, "{\"resourceType\": \"Parameters\"}");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("\"not-found\"");
            assertThat(session.get(operation).statusCode()).isEqualTo(404);
        }
        assertThat(stranger()
                        .post(operation, "{\"resourceType\": \"Parameters\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @DisplayName("OP-009: a profile at an address is unknown, and nobody goes there")
    @ValueSource(strings = {"x", "ig/package.tgz", "ImplementationGuide/x"})
    void fetchesNoProfile(String path) throws IOException {
        try (var inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var profile = "http://127.0.0.1:" + inside.getLocalPort() + "/" + path;
            for (var answer : List.of(
                    world.backend().post("Observation/$validate", """
                            {"resourceType": "Observation", "meta": {"profile": ["%s"]}, "status": "final",
                             "code": {"text": "x"}}""".formatted(profile)),
                    world.backend().post("Observation/$validate?profile=" + profile, """
                            {"resourceType": "Observation", "status": "final", "code": {"text": "x"}}"""))) {
                assertThat(FhirSession.parsed(answer.body()).path("issue"))
                        .anySatisfy(
                                issue -> assertThat(issue.path("diagnostics").asText())
                                        .contains("Failed to retrieve profile", profile));
            }
            inside.setSoTimeout(300);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(inside::accept);
        }
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
        return SHARED.server().sessionWith(() -> "none");
    }
}
