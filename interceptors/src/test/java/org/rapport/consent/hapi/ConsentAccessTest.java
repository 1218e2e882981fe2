package org.rapport.consent.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.consent.fhir.TestConsents.actor;
import static org.rapport.consent.fhir.TestConsents.always;
import static org.rapport.consent.fhir.TestConsents.deny;
import static org.rapport.consent.fhir.TestConsents.exceptDeny;
import static org.rapport.consent.fhir.TestConsents.exceptPermit;
import static org.rapport.consent.fhir.TestConsents.label;
import static org.rapport.consent.fhir.TestConsents.permit;
import static org.rapport.consent.fhir.TestConsents.purpose;
import static org.rapport.consent.fhir.TestConsents.type;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.consent.ImplicitPolicy;
import org.rapport.consent.fhir.CodeSystems;

class ConsentAccessTest extends ConsentedRecords {

    private static int status(String path, String token) {
        return get(path, token).statusCode();
    }

    private static Map<String, Object> normalised(HttpResponse<String> answer) {
        var all = new TreeMap<String, Object>(answer.headers().map());
        all.keySet().removeAll(List.of("date", "x-request-id", "connection", "keep-alive"));
        all.put(":status", answer.statusCode());
        all.put(":body", answer.body());
        return all;
    }

    @Nested
    class HidesWhatAPatientDenies {

        @ParameterizedTest(name = "{0} is answered as {1}")
        @CsvSource({
            "Patient/alice, Patient/nobody",
            "Observation/of-alice, Observation/of-nobody",
            "Observation/of-alice/_history, Observation/of-nobody/_history",
            "Observation/of-alice/_history/1, Observation/of-nobody/_history/1",
            "Patient/alice/$everything, Patient/nobody/$everything",
        })
        void asIfItHadNeverBeen(String denied, String unknown) {
            assertThat(status(denied, DR_X)).isEqualTo(200);
            file("c1", deny(always()));
            assertThat(normalised(get(denied, DR_X))).isEqualTo(normalised(get(unknown, DR_X)));
            assertThat(status(denied, DR_X)).isEqualTo(404);
        }

        @ParameterizedTest
        @CsvSource({"Observation", "Patient", "Patient/bob/$everything"})
        void inWhatIsFound(String path) {
            assertThat(get(path, DR_X).body()).contains("alice", "bob");
            file("c1", deny(always()));
            assertThat(get(path, DR_X).body()).contains("bob").doesNotContain("alice", "\"total\"");
        }

        @Test
        void inABatch() {
            file("c1", deny(always()));
            var batch = new Bundle().setType(BundleType.BATCH);
            for (var id : List.of("of-alice", "of-bob")) {
                batch.addEntry()
                        .setResource(observation(id, "bob"))
                        .getRequest()
                        .setMethod(HTTPVerb.PUT)
                        .setUrl("Observation/" + id);
            }
            assertThat(send("POST", "", DR_X, batch).statusCode()).isEqualTo(200);
            assertThat(server.lastBundle().orElseThrow().getEntry())
                    .extracting(entry -> entry.getRequest().getUrl())
                    .containsExactly("Patient/00000000-0000-0000-0000-000000000000", "Observation/of-bob");
        }

        @Test
        void untilThePatientWithdrawsIt() {
            file("c1", deny(always()));
            assertThat(status("Observation/of-alice", DR_X)).isEqualTo(404);
            file("c1", deny(always()).setStatus(ConsentState.INACTIVE));
            assertThat(status("Observation/of-alice", DR_X)).isEqualTo(200);
        }

        @Test
        void byTypeAlone() {
            file("c1", permit(exceptDeny(type("Observation"))));
            assertThat(status("Observation/of-alice", DR_X)).isEqualTo(404);
            assertThat(status("Patient/alice", DR_X)).isEqualTo(200);
        }

        @Test
        void byLabelAlone() {
            server.store(labelled("plain", "N"));
            server.store(labelled("sensitive", "R"));
            file("c1", permit(exceptDeny(label("R"))));
            assertThat(status("Observation/plain", DR_X)).isEqualTo(200);
            assertThat(status("Observation/sensitive", DR_X)).isEqualTo(404);
            assertThat(get("Observation", DR_X).body()).contains("plain").doesNotContain("sensitive");
        }

        @Test
        void whenOneOfSeveralConsentsDenies() {
            file("c1", permit(always()));
            assertThat(status("Observation/of-alice", DR_X)).isEqualTo(200);
            file("c2", deny(always()));
            assertThat(status("Observation/of-alice", DR_X)).isEqualTo(404);
        }

        @Test
        @DisplayName("CD-11: from who has left the group that is permitted")
        void fromWhoIsNotNamed() {
            var group = new Group().setActual(true);
            group.addMember().setEntity(new Reference("Practitioner/dr-x"));
            store.keep("g", group);
            file("c1", permit(actor("Group/g")));
            assertThat(status("Observation/of-alice", DR_X)).isEqualTo(200);
            group.getMemberFirstRep().setInactive(true);
            changed("Group");
            assertThat(status("Observation/of-alice", DR_X)).isEqualTo(404);
        }
    }

    @Nested
    class IsNotAsked {

        @Test
        @DisplayName("CD-41: of the patient on the own record, nor of who acts for the patient")
        void ofThePatient() {
            file("c1", deny(always()));
            var tokens = List.of(ALICE, guardian());
            assertThat(tokens)
                    .allSatisfy(token ->
                            assertThat(status("Observation/of-alice", token)).isEqualTo(200));
            assertThat(store.asked()).isEmpty();
            assertThat(tokens)
                    .allSatisfy(token ->
                            assertThat(get("Observation", token).body()).contains("of-alice"));
        }

        @Test
        void ofThePatientAboutWhatALawWithholds() {
            server.store(labelled("notes", CodeSystems.ACT_CODE, "PSYTHPN"));
            for (var token : List.of(ALICE, guardian())) {
                assertThat(status("Observation/notes", token)).isEqualTo(404);
                assertThat(get("Observation", token).body())
                        .contains("of-alice")
                        .doesNotContain("notes");
            }
            assertThat(status("Observation/notes", DR_X)).isEqualTo(200);
        }

        @Test
        void ofASystem() {
            file("c1", deny(always()));
            assertThat(status("Observation/of-alice", BACKEND)).isEqualTo(200);
            assertThat(status("Observation", BACKEND)).isEqualTo(200);
            assertThat(store.asked()).isEmpty();
        }
    }

    @Nested
    class Writing {

        private int create() {
            return send("POST", "/Observation", DR_X, observation("", "alice")).statusCode();
        }

        private int update() {
            return send("PUT", "/Observation/of-alice", DR_X, observation("of-alice", "alice"))
                    .statusCode();
        }

        @Test
        void isForThoseWhoTreat() {
            assertThat(create()).isEqualTo(201);
            assertThat(update()).isEqualTo(200);
        }

        @Test
        @DisplayName("CD-39: a denial forbids new data openly and hides the old")
        void isDenied() {
            file("c1", deny(always()));
            assertThat(create()).isEqualTo(403);
            assertThat(update()).isEqualTo(404);
            assertThat(server.count("Observation")).isEqualTo(2);
            assertThat(send("POST", "/Observation", DR_X, observation("", "alice"))
                            .body()
                            .replaceAll("Request \\w+", ""))
                    .as("no hint at what is there already")
                    .isEqualTo("""
                            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"forbidden",\
                            "details":{"text":""},"diagnostics":"Access denied"}]}""");
        }

        @Test
        void isJudgedByTheLabelsThatTheResourceWouldGet() {
            file("c1", permit(exceptDeny(label("R"))));
            assertThat(create()).isEqualTo(201);
            var hivTest = observation("", "alice");
            hivTest.getCode().addCoding(new Coding("http://loinc.org", "75622-1", null));
            hivTest.getMeta().setLastUpdatedElement(new InstantType("2030-01-01T00:00:00Z"));
            assertThat(send("POST", "/Observation", DR_X, hivTest).statusCode()).isEqualTo(403);
        }

        @Test
        void isNotPermittedWithTheReading() {
            file(
                    "c1",
                    permit(provision -> provision.addAction(new CodeableConcept(
                            new Coding("http://terminology.hl7.org/CodeSystem/consentaction", "access", null)))));
            assertThat(status("Observation/of-alice", DR_X)).isEqualTo(200);
            assertThat(create()).isEqualTo(403);
            assertThat(update()).isEqualTo(403);
        }
    }

    @Nested
    class ThePurpose {

        @Test
        @DisplayName("CD-43: is that of the token, whatever headers say")
        void isThatOfTheToken() {
            file("c1", permit(exceptDeny(purpose("HRESCH"))));
            assertThat(status("Observation/of-alice", doctorFor("TREAT"))).isEqualTo(200);
            assertThat(status("Observation/of-alice", doctorFor("HRESCH"))).isEqualTo(404);
            var claimed = request("/fhir/Observation/of-alice", doctorFor("HRESCH"))
                    .header("X-Purpose-Of-Use", "TREAT")
                    .header("purpose_of_use", "TREAT");
            assertThat(send(claimed).statusCode()).isEqualTo(404);
        }

        @Test
        @DisplayName("CD-43: a token for treatment opens nothing by a header that claims an emergency")
        void isNoEmergencyByAHeader() {
            file("c1", deny(exceptPermit(purpose("BTG"))));
            var claimed = request("/fhir/Observation/of-alice", doctorFor("TREAT"))
                    .header("X-Purpose-Of-Use", "BTG")
                    .header("purpose_of_use", "BTG");
            assertThat(normalised(send(claimed))).isEqualTo(normalised(get("Observation/of-nobody", DR_X)));
            assertThat(status("Observation/of-alice", doctorFor("BTG"))).isEqualTo(200);
        }

        @ParameterizedTest(name = "{0}: without purpose {1}, for research {2}, who breaks the glass {3}")
        @CsvSource({
            "BASIC_NORMAL,     200, 404, 200",
            "ALL_NORMAL,       200, 200, 200",
            "BREAK_GLASS_ONLY, 404, 404, 200",
            "DENY,             404, 404, 404",
        })
        void decidesUnderThePolicyOfTheHouse(ImplicitPolicy policy, int usual, int research, int emergency) {
            beginWith(policy);
            assertThat(status("Observation/of-alice", DR_X)).isEqualTo(usual);
            assertThat(status("Observation/of-alice", doctorFor("HRESCH"))).isEqualTo(research);
            assertThat(status("Observation/of-alice", doctorFor("BTG"))).isEqualTo(emergency);
            assertThat(status("Observation/of-alice", ALICE)).isEqualTo(200);
        }
    }

    @Test
    void areReadInOneGoAndAgainAfterAChangeOnly() {
        assertThat(get("Observation", DR_X).body()).contains("of-alice", "of-bob");
        assertThat(store.asked()).containsExactly("Patient _id", "Patient link", "Consent patient");
        get("Patient/alice", DR_X);
        get("Patient", DR_X);
        assertThat(store.asked()).hasSize(3);
        changed("Consent");
        get("Patient", DR_X);
        assertThat(store.asked()).hasSize(6);
    }

    @Test
    void letNobodyInWhileTheyCannotBeRead() {
        beginWithoutChangeLog();
        var answer = get("Observation/of-alice", DR_X);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"transient\"").doesNotContain("change_log");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
