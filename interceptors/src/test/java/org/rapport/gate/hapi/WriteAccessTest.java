package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.FHIR;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.AuthorRules;
import org.rapport.access.Relations;
import org.rapport.testing.TestTokens;

class WriteAccessTest extends TwoRecords {

    @Test
    @DisplayName("WR-001: of patients stay in the own record and bear their name")
    void ofPatientsStayInTheOwnRecordAndBearTheirName() {
        assertDenied(send("POST", "/Observation", ALICE, observation("", "alice")));
        assertDenied(send("POST", "/Observation", ALICE, reported("", "bob", "Patient/alice")));
        assertDenied(send("POST", "/Observation", ALICE, reported("", "alice", "Patient/bob")));
        assertDenied(send("POST", "/Observation", ALICE, reported("", "alice", "Practitioner/dr-x")));
        assertThat(server.count("Observation")).isEqualTo(2);
        assertThat(send("POST", "/Observation", ALICE, reported("", "alice", "Patient/alice"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void ofPatientsChangeWhatTheyWroteAlone() {
        server.store(reported("mine", "alice", "Patient/alice"));
        assertThat(send("PUT", "/Observation/mine", ALICE, reported("mine", "alice", "Patient/alice"))
                        .statusCode())
                .isEqualTo(200);
        assertDenied(send("PUT", "/Observation/of-alice", ALICE, reported("of-alice", "alice", "Patient/alice")));
        assertDenied(send("PUT", "/Observation/mine", ALICE, reported("mine", "bob", "Patient/alice")));
        assertDenied(send("DELETE", "/Observation/mine", ALICE, ""));
    }

    @Test
    @DisplayName("AC-045: link no patients")
    void linkNoPatients() {
        var alice = patient("alice");
        alice.addLink().setOther(new Reference("Patient/bob")).setType(Patient.LinkType.SEEALSO);
        assertDenied(send("PUT", "/Patient/alice", ALICE, alice));
        assertDenied(send("PUT", "/Patient/alice", DR_X, alice));
        assertThat(send("PUT", "/Patient/alice", BACKEND, alice).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("WR-003: refer to the hidden as to the unknown")
    void referToTheHiddenAsToTheUnknown() {
        for (var token : List.of(ALICE, DR_X)) {
            var hidden = send("POST", "/Observation", token, derived("Observation/of-bob"));
            var unknown = send("POST", "/Observation", token, derived("Observation/of-nobody"));
            assertThat(hidden.statusCode()).isEqualTo(422);
            assertThat(normalised(hidden)).isEqualTo(normalised(unknown));
            assertThat(send("POST", "/Observation", token, derived("Observation/of-alice"))
                            .statusCode())
                    .isEqualTo(201);
        }
        assertThat(send("POST", "/Observation", BACKEND, derived("Observation/of-bob"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void keepTheReferencesTheyFind() {
        var old = derived("Observation/of-bob");
        old.setId("old");
        server.store(old);
        var kept = derived("Observation/of-bob");
        kept.setId("old");
        assertThat(send("PUT", "/Observation/old", DR_X, kept).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("WR-015: of appointments name the version")
    void ofAppointmentsNameTheVersion() {
        var appointment = visit("alice");
        appointment.setId("visit");
        server.store(appointment);
        assertThat(put("/Appointment/visit", appointment, "").statusCode()).isEqualTo(400);
        assertThat(put("/Appointment/visit", appointment, "W/\"7\"").statusCode())
                .isEqualTo(412);
        assertThat(put("/Observation/of-alice", observation("of-alice", "alice"), "W/\"7\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(put("/Appointment/visit", appointment, "W/\"1\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("WR-015: of a system name the version of what is there")
    void ofASystemNameTheVersionOfWhatIsThere() {
        var consent = new Consent().setPatient(new Reference("Patient/alice"));
        consent.setId("choice");
        assertThat(put("/Consent/choice", consent, "", BACKEND).statusCode()).isEqualTo(201);
        assertThat(put("/Consent/choice", consent, "", BACKEND).statusCode()).isEqualTo(400);
        assertThat(put("/Consent/choice", consent, "W/\"1\"", BACKEND).statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> put(String path, Resource resource, String version) {
        return put(path, resource, version, DR_X);
    }

    private static HttpResponse<String> put(String path, Resource resource, String version, String caller) {
        var request = request("/fhir" + path, caller)
                .header("Content-Type", "application/fhir+json")
                .PUT(HttpRequest.BodyPublishers.ofString(FHIR.newJsonParser().encodeResourceToString(resource)));
        return send(version.isEmpty() ? request : request.header("If-Match", version));
    }

    private static Observation derived(String from) {
        return reported("", "alice", "Patient/alice").addDerivedFrom(new Reference(from));
    }

    private static Observation reported(String id, String patient, String performer) {
        var observation = observation(id, patient).addPerformer(new Reference(performer));
        observation.addCategory().addCoding().setSystem(AuthorRules.REPORTED_BY).setCode(AuthorRules.PATIENT_REPORTED);
        return observation;
    }

    @Test
    void stayWithTheTreated() {
        assertThat(send("POST", "/Observation", DR_X, observation("", "alice")).statusCode())
                .isEqualTo(201);
        assertDenied(send("POST", "/Observation", DR_X, observation("", "bob")));
        assertDenied(send("POST", "/Observation", DR_X, new Observation()));
        assertThat(server.count("Observation")).isEqualTo(3);
    }

    @Test
    @DisplayName("WR-005: of the hidden are like those of the unknown")
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

    @Test
    @DisplayName("WR-007: move nothing into another record")
    void moveNothingIntoAnotherRecord() {
        assertDenied(send("PUT", "/Observation/of-alice", DR_X, observation("of-alice", "bob")));
        assertThat(subject("of-alice")).isEqualTo("Patient/alice");
    }

    @Test
    @DisplayName("WR-011, WR-013: find nothing by condition")
    void findNothingByCondition() {
        assertThat(send("PUT", "/Observation?identifier=x", DR_X, observation("", "alice"))
                        .statusCode())
                .isEqualTo(404);
        assertDenied(send("DELETE", "/Observation?identifier=x", DR_X, ""));
        var byReference = observation("", "alice").addPerformer(new Reference("Practitioner?identifier=x"));
        assertThat(send("POST", "/Observation", DR_X, byReference).statusCode()).isEqualTo(412);
    }

    @Test
    @DisplayName("WR-023: the second time the relations are asked, in the transaction, Alice is not treated any more")
    void goByTheRightsOfTheirTransaction() {
        var asked = new AtomicInteger();
        server.begin(new Relations(
                practitioner -> asked.getAndIncrement() == 0 ? Set.of("alice") : Set.of(), user -> Set.of()));
        assertDenied(send("POST", "/Observation", DR_X, observation("", "alice")));
        assertThat(server.count("Observation")).isZero();
        assertThat(asked).hasValue(2);
    }

    /** Who sees all of a type would learn from a consent's denial that the patient is there. */
    @Test
    void nameAPatientWhoIsHiddenAsOneWhoIsNotThere() {
        server.begin(
                new Relations(user -> Set.of(), user -> Set.of()), (caller, relations, stage) -> new DeniedBy("alice"));
        server.store(patient("alice"));
        var desk = TestTokens.person("desk", "clerk");
        var hidden = send("POST", "/Appointment", desk, visit("alice"));
        var unknown = send("POST", "/Appointment", desk, visit("nobody"));
        assertThat(hidden.statusCode()).as(hidden.body()).isEqualTo(422);
        assertThat(normalised(hidden)).isEqualTo(normalised(unknown));
    }

    private static Appointment visit(String patient) {
        var appointment = new Appointment();
        appointment.addParticipant().setActor(new Reference("Patient/" + patient));
        return appointment;
    }

    @ParameterizedTest
    @DisplayName("WR-014: delete nothing")
    @ValueSource(strings = {"", "?_cascade=delete", "?_expunge=true"})
    void deleteNothing(String query) {
        assertDenied(send("DELETE", "/Observation/of-alice" + query, DR_X, ""));
        assertThat(server.current("Observation", "of-alice")).isPresent();
    }

    @Test
    @DisplayName("WR-009: show nothing to whom may only write")
    void showNothingToWhomMayOnlyWrite() {
        var writer = TestTokens.system("system/Observation.cu");
        var answer = send("PUT", "/Observation/of-bob", writer, observation("of-bob", "bob"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("OperationOutcome").doesNotContain("Patient/bob");
    }

    @Test
    @DisplayName("WR-019: never reach the audit")
    void neverReachTheAudit() {
        for (var token : List.of(BACKEND, DR_X, ALICE)) {
            assertDenied(send("POST", "/AuditEvent", token, "{\"resourceType\":\"AuditEvent\"}"));
        }
    }

    @Test
    @DisplayName("SU-001: subscriptions are reached by systems only")
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
