package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.testing.TestTokens;

class RefusalTest extends TwoRecords {

    @ParameterizedTest
    @ValueSource(strings = {"privacy-officer", "auditor", "proxy", "device", "root"})
    void meetEveryRoleWithoutRights(String role) {
        var token = TestTokens.person("somebody", role);
        assertDenied(get("Patient/alice", token));
        assertDenied(get("Organization", token));
        assertDenied(send("POST", "/Observation", token, observation("", "alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "integrator"})
    void meetWhoSetsTheServerUpAtEveryPatient(String role) {
        var token = TestTokens.person("somebody", role);
        assertThat(get("Organization", token).body()).contains("org-north");
        assertDenied(get("Patient/alice", token));
        assertDenied(get("Patient", token));
        assertDenied(get("Observation/of-alice", token));
        assertDenied(send("POST", "/Observation", token, observation("", "alice")));
    }

    /** GD-007. */
    @Test
    void meetTheDeskAtWhatIsClinical() {
        var token = TestTokens.person("clerk-lee", "clerk");
        assertThat(get("Patient", token).body()).contains("Patient/alice", "Patient/bob");
        assertThat(get("Patient/bob", token).statusCode()).isEqualTo(200);
        assertDenied(get("Observation/of-alice", token));
        assertDenied(get("Observation?patient=alice", token));
        assertDenied(get("Observation/of-nobody", token));
        assertDenied(get("Patient/alice/$everything", token));
        assertDenied(send("POST", "/Observation", token, observation("", "alice")));
    }

    @Test
    void nameTheRequestAndNothingElse() {
        var answer = get("Patient/alice", TestTokens.person("somebody", "admin"));
        var id = answer.headers().firstValue("X-Request-ID").orElseThrow();
        assertThat(answer.body()).isEqualTo("""
                        {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"forbidden",\
                        "details":{"text":"Request %s"},"diagnostics":"Access denied"}]}""".formatted(id));
    }

    @Test
    void leavesTheCapabilityStatementOpen() {
        var answer = send(request("/fhir/metadata"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("CapabilityStatement");
    }
}
