package org.rapport.access.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.FHIR;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpRequest;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.testing.TestTokens;

class WriteAccessTest extends TwoRecords {

    /** WR-001. */
    @Test
    void areNotForPatientsYet() {
        assertDenied(send("POST", "/Observation", ALICE, observation("", "bob")));
        assertDenied(send("POST", "/Observation", ALICE, observation("", "alice")));
        assertThat(server.count("Observation")).isEqualTo(2);
    }

    @Test
    void stayWithTheTreated() {
        assertThat(send("POST", "/Observation", DR_X, observation("", "alice")).statusCode())
                .isEqualTo(201);
        assertDenied(send("POST", "/Observation", DR_X, observation("", "bob")));
        assertDenied(send("POST", "/Observation", DR_X, new Observation()));
        assertThat(server.count("Observation")).isEqualTo(3);
    }

    /** WR-005. */
    @Test
    void ofTheHiddenAreLikeThoseOfTheUnknown() {
        var hidden = send("PUT", "/Observation/of-bob", DR_X, observation("of-bob", "alice"));
        var unknown = send("PUT", "/Observation/of-nobody", DR_X, observation("of-nobody", "alice"));
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(normalised(hidden)).isEqualTo(normalised(unknown));
        assertThat(subject("of-bob")).isEqualTo("Patient/bob");
        assertThat(server.current("Observation", "of-nobody")).isEmpty();
    }

    @Test
    void tellNothingByTheirVersion() {
        var answer = send(request("/fhir/Observation/of-bob", DR_X)
                .header("If-Match", "W/\"7\"")
                .header("Content-Type", "application/fhir+json")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        FHIR.newJsonParser().encodeResourceToString(observation("of-bob", "alice")))));
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    /** WR-007. */
    @Test
    void moveNothingIntoAnotherRecord() {
        assertDenied(send("PUT", "/Observation/of-alice", DR_X, observation("of-alice", "bob")));
        assertThat(subject("of-alice")).isEqualTo("Patient/alice");
    }

    @Test
    void findNothingByCondition() {
        assertDenied(send("PUT", "/Observation?identifier=x", DR_X, observation("", "alice")));
        assertDenied(send("DELETE", "/Observation?identifier=x", DR_X, ""));
        assertDenied(send(request("/fhir/Observation", DR_X)
                .header("If-None-Exist", "identifier=x")
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"resourceType\":\"Observation\"}"))));
        var byReference = observation("", "alice").addPerformer(new Reference("Practitioner?identifier=x"));
        assertThat(send("POST", "/Observation", DR_X, byReference).statusCode()).isEqualTo(412);
    }

    /** WR-014. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?_cascade=delete", "?_expunge=true"})
    void deleteNothing(String query) {
        assertDenied(send("DELETE", "/Observation/of-alice" + query, DR_X, ""));
        assertThat(server.current("Observation", "of-alice")).isPresent();
    }

    /** WR-009. */
    @Test
    void showNothingToWhomMayOnlyWrite() {
        var writer = TestTokens.system("system/Observation.cu");
        var answer = send("PUT", "/Observation/of-bob", writer, observation("of-bob", "bob"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("Patient/bob");
    }

    /** WR-019. */
    @Test
    void neverReachTheAudit() {
        for (var token : List.of(BACKEND, DR_X, ALICE)) {
            assertDenied(send("POST", "/AuditEvent", token, "{\"resourceType\":\"AuditEvent\"}"));
        }
    }

    /** SU-001: people wait for rules of their own. */
    @Test
    void reachSubscriptionsForSystemsOnly() {
        for (var token : List.of(READER, DR_X, ALICE)) {
            assertDenied(send("POST", "/Subscription", token, new Subscription()));
        }
        assertThat(send("POST", "/Subscription", BACKEND, new Subscription()).statusCode())
                .isEqualTo(201);
    }

    @Test
    void areFreeForSystemsByScope() {
        assertThat(send("PUT", "/Patient/new", BACKEND, patient("new")).statusCode())
                .isEqualTo(201);
        assertDenied(send("PUT", "/Patient/new", READER, patient("new")));
    }
}
