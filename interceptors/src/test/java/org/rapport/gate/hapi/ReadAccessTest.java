package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.util.List;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DeviceMetric;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.testing.TestTokens;

class ReadAccessTest extends TwoRecords {

    @ParameterizedTest(name = "{0} is {1} to the patient")
    @CsvSource({
        "Patient/alice, 200",
        "Observation/of-alice, 200",
        "Organization/org-north, 200",
        "Patient/bob, 404",
        "Observation/of-bob, 404",
        "Observation/of-bob/_history/1, 404",
        "Observation/of-bob/_history/99, 404",
        "Observation/of-bob/_history, 404",
        "Patient/nobody, 404",
        "Observation/of-alice/_history, 200",
        "Observation/of-alice/_history/1, 200",
        "Observation/of-alice/_history/99, 404",
    })
    void onlyTheOwnRecord(String path, int status) {
        assertThat(get(path, ALICE).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @DisplayName("AC-001, AC-003, AC-005: answers for the hidden as for the unknown")
    @CsvSource({
        "Patient/bob, Patient/nobody",
        "Observation/of-bob, Observation/of-nobody",
        "Observation/of-bob/_history, Observation/of-nobody/_history",
        "Observation/of-bob/_history/1, Observation/of-nobody/_history/1",
        "Observation/of-bob/_history/99, Observation/of-nobody/_history/99",
        "Patient/bob/$everything, Patient/nobody/$everything",
    })
    void answersForTheHiddenAsForTheUnknown(String hidden, String unknown) {
        for (var token : List.of(ALICE, DR_X)) {
            assertThat(normalised(get(hidden, token))).isEqualTo(normalised(get(unknown, token)));
            assertThat(get(hidden, token).statusCode()).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("AC-011: tells nothing by a conditional read")
    void tellsNothingByAConditionalRead() {
        var answer = send(request("/fhir/Patient/bob", ALICE).header("If-None-Match", "W/\"1\""));
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void hidesThatSomethingWasDeleted() {
        assertThat(send("DELETE", "/Observation/of-bob", BACKEND, "").statusCode())
                .isEqualTo(204);
        assertThat(normalised(get("Observation/of-bob", ALICE)))
                .isEqualTo(normalised(get("Observation/of-nobody", ALICE)));
        assertThat(get("Observation/of-bob", READER).statusCode()).isEqualTo(410);
    }

    @Test
    void followsTheTreatingRelation() {
        assertThat(get("Observation/of-alice", DR_X).statusCode()).isEqualTo(200);
        assertThat(get("Observation/of-bob", DR_X).statusCode()).isEqualTo(404);
        assertThat(get("Observation/of-alice", DR_Y).statusCode()).isEqualTo(404);
    }

    @Test
    void returnsOnlyVisibleResourcesOfEverything() {
        assertThat(get("Patient/alice/$everything", ALICE).body())
                .contains("Patient/alice", "of-alice", "org-north")
                .doesNotContain("bob");
    }

    @ParameterizedTest
    @DisplayName("AC-007: refuses by kind")
    @ValueSource(
            strings = {
                "Observation/_history",
                "_history",
                "Subscription?_id=1",
                "AuditEvent?_id=1",
                "Patient/alice/$meta",
                "Patient/$everything",
                "Observation/$lastn",
                "$export",
                "$everything"
            })
    void refusesByKind(String path) {
        assertThat(get(path, ALICE).statusCode()).isIn(400, 403, 404);
        assertThat(get(path, DR_X).statusCode()).isIn(400, 403, 404);
    }

    @Test
    @DisplayName("AC-025: knows no page of anybody")
    void knowsNoPageOfAnybody() {
        var answer = get("?_getpages=3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f11", ALICE);
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("AC-046: shows the metrics of the own device")
    void showsTheMetricsOfTheOwnDevice() {
        for (var whose : List.of("alice", "bob")) {
            var device = new Device().setPatient(new Reference("Patient/" + whose));
            device.setId("meter-of-" + whose);
            server.store(device);
            var metric = new DeviceMetric().setSource(new Reference("Device/meter-of-" + whose));
            metric.setId("metric-of-" + whose);
            server.store(metric);
        }
        for (var caller : List.of(ALICE, DR_X)) {
            assertThat(get("DeviceMetric/metric-of-alice", caller).statusCode()).isEqualTo(200);
            assertThat(get("DeviceMetric/metric-of-bob", caller).statusCode()).isEqualTo(404);
            assertThat(get("DeviceMetric", caller).body())
                    .contains("metric-of-alice")
                    .doesNotContain("metric-of-bob");
            assertThat(server.lastSearch("source.patient")).containsExactly("Patient/alice");
        }
        assertDenied(get("DeviceMetric/metric-of-alice", TestTokens.person("clerk-lee", "clerk")));
    }
}
