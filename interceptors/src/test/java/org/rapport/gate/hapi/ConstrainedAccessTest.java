package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpResponse;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.testing.TestTokens;

/** Scopes with search parameters, such as patient/Observation.rs?category=…. */
class ConstrainedAccessTest extends TwoRecords {

    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String VITALS = "Observation.rs?category=" + CATEGORY + "|vital-signs";
    private static final String LABS = "Observation.rs?category=" + CATEGORY + "|laboratory";

    @BeforeEach
    void measurements() {
        server.store(measurement("pulse", "alice", "vital-signs"));
        server.store(measurement("glucose", "alice", "laboratory"));
        server.store(measurement("smoking", "alice", "social-history"));
        server.store(measurement("pulse-bob", "bob", "vital-signs"));
    }

    @Nested
    class OnePatientScope {

        private final String vitals = alice("patient/" + VITALS);

        @Test
        void narrowsASearch() {
            assertThat(get("Observation?status=final", vitals).body())
                    .contains("\"pulse\"")
                    .doesNotContain("glucose", "smoking", "pulse-bob", "of-alice", "category=");
            assertThat(server.lastSearch("category")).containsExactly(CATEGORY + "|vital-signs");
            assertThat(server.lastSearch("patient")).containsExactly("Patient/alice");
        }

        @Test
        void addsToTheSameParameterInTheRequest() {
            get("Observation?category=laboratory", vitals);
            assertThat(server.lastSearch("category")).containsExactly("laboratory", CATEGORY + "|vital-signs");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Observation/glucose",
                    "Observation/glucose/_history",
                    "Observation/glucose/_history/1",
                    "Observation/of-alice",
                    "Observation/pulse-bob"
                })
        void hidesTheOthersAsIfTheyWereNot(String path) {
            var unknown = path.replaceFirst("/[a-z-]+", "/nobody");
            assertThat(normalised(get(path, vitals))).isEqualTo(normalised(get(unknown, vitals)));
            assertThat(get(path, vitals).statusCode()).isEqualTo(404);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Observation/pulse", "Observation/pulse/_history", "Observation/pulse/_history/1"})
        void showsWhatMatches(String path) {
            var answer = get(path, vitals);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("vital-signs");
        }

        @Test
        void filtersTheResultsOfOperations() {
            var token = alice("patient/Patient.r patient/" + VITALS);
            assertThat(get("Patient/alice/$everything", token).body())
                    .contains("\"pulse\"", "Patient/alice")
                    .doesNotContain("glucose", "smoking", "bob");
        }

        @Test
        void showsNoOlderVersionThatDoesNotMatch() {
            server.store(measurement("glucose", "alice", "vital-signs"));
            assertThat(get("Observation/glucose", vitals).statusCode()).isEqualTo(200);
            assertThat(get("Observation/glucose/_history/1", vitals).statusCode())
                    .isEqualTo(404);
        }

        @Test
        void narrowsTheEntriesOfABundle() {
            var batch = bundle(BundleType.BATCH);
            add(batch, HTTPVerb.GET, "Observation");
            assertThat(send("POST", "", vitals, batch).statusCode()).isEqualTo(200);
            assertThat(server.lastBundle()
                            .orElseThrow()
                            .getEntry()
                            .get(0)
                            .getRequest()
                            .getUrl())
                    .isEqualTo("Observation?patient=Patient%2Falice&category="
                            + "http%3A%2F%2Fterminology.hl7.org%2FCodeSystem%2Fobservation-category%7Cvital-signs");
        }

        @Test
        void takesSeveralParametersTogether() {
            var token = alice("patient/" + VITALS + "&code=heart-rate");
            assertThat(get("Observation", token).body()).doesNotContain("\"pulse\"");
            assertThat(server.lastSearch("category")).containsExactly(CATEGORY + "|vital-signs");
            assertThat(server.lastSearch("code")).containsExactly("heart-rate");
        }
    }

    @Nested
    class SeveralScopes {

        @Test
        void openWhatAnyOfThemOpens() {
            var token = alice("patient/" + VITALS + " patient/" + LABS);
            assertThat(get("Observation", token).body())
                    .contains("\"pulse\"", "\"glucose\"")
                    .doesNotContain("smoking", "bob");
            assertThat(server.lastSearch("category"))
                    .containsExactly(CATEGORY + "|laboratory," + CATEGORY + "|vital-signs");
        }

        @Test
        void areFilteredWhereNoSearchSaysTheSame() {
            var token = alice("patient/" + VITALS + " patient/Observation.rs?code=glucose");
            assertThat(get("Observation", token).body())
                    .contains("\"pulse\"", "\"glucose\"")
                    .doesNotContain("smoking", "bob");
            assertThat(server.lastSearch("category")).isEmpty();
            assertThat(server.lastSearch("patient")).containsExactly("Patient/alice");
        }

        @Test
        void areAsWideAsTheWidest() {
            var token = alice("patient/" + VITALS + " patient/Observation.rs");
            assertThat(get("Observation", token).body()).contains("pulse", "glucose", "smoking", "of-alice");
            assertThat(server.lastSearch("category")).isEmpty();
        }
    }

    @Nested
    class Nothing {

        @ParameterizedTest
        @DisplayName("OA-023: what is not understood opens nothing and smuggles nothing")
        @ValueSource(
                strings = {
                    "patient/Observation.rs?category=x%26patient=P-B",
                    "patient/Observation.rs?category=x&patient:missing=true",
                    "patient/Observation.rs?category:not=laboratory",
                    "patient/Observation.rs?subject.name=x",
                    "patient/Observation.rs?_has:Observation:subject:code=x",
                    "patient/Observation.rs?unheard=x",
                    "patient/Observation.rs?category=",
                    "patient/Observation.rs?category=x&",
                    "patient/Observation.rs?",
                    "patient/Observation.rs?_count=1",
                    "patient/Observation.rs?combo-code-value-concept=a$b",
                    "patient/Observation.read?category=laboratory",
                    "patient/*.rs?category=laboratory",
                })
        void isOpenedByAConstraintThatIsNotUnderstood(String scope) {
            var answer = get("Observation", alice(scope));
            assertDenied(answer);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\"");
            assertThat(server.lastSearch("patient")).isEmpty();
        }
    }

    @Nested
    class Writes {

        private final String vitals = TestTokens.signed(claims -> claims.subject("dr-x")
                .claim("scope", "user/Observation.cruds?category=" + CATEGORY + "|vital-signs")
                .claim("roles", List.of("clinician"))
                .claim("fhirUser", "Practitioner/dr-x"));

        @Test
        void takeNewContentThatMatchesAlone() {
            assertThat(send("POST", "/Observation", vitals, measurement("", "alice", "vital-signs"))
                            .statusCode())
                    .isEqualTo(201);
            var answer = send("POST", "/Observation", vitals, measurement("", "alice", "laboratory"));
            assertDenied(answer);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\"");
        }

        @Test
        void needAMatchBeforeAndAfter() {
            assertDenied(send("PUT", "/Observation/pulse", vitals, measurement("pulse", "alice", "laboratory")));
            var hidden = send("PUT", "/Observation/glucose", vitals, measurement("glucose", "alice", "vital-signs"));
            var unknown = send("PUT", "/Observation/nobody", vitals, measurement("nobody", "alice", "vital-signs"));
            assertThat(hidden.statusCode()).isEqualTo(404);
            assertThat(normalised(hidden)).isEqualTo(normalised(unknown));
            assertThat(category("pulse")).isEqualTo("vital-signs");
            assertThat(category("glucose")).isEqualTo("laboratory");
            assertThat(send("PUT", "/Observation/pulse", vitals, measurement("pulse", "alice", "vital-signs"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class ASystem {

        private final String vitals =
                TestTokens.system("system/Observation.cruds?category=" + CATEGORY + "|vital-signs");

        @Test
        void seesWhatMatchesOfEverybody() {
            assertThat(get("Observation", vitals).body())
                    .contains("\"pulse\"", "pulse-bob")
                    .doesNotContain("glucose", "smoking");
            assertThat(server.lastSearch("patient")).isEmpty();
        }

        @Test
        void isToldNothingOfTheOthers() {
            for (var method : List.of("PUT", "DELETE")) {
                assertThat(normalised(change(method, "glucose"))).isEqualTo(normalised(change(method, "nobody")));
                assertThat(change(method, "glucose").statusCode()).isEqualTo(404);
            }
            assertThat(normalised(get("Observation/glucose", vitals)))
                    .isEqualTo(normalised(get("Observation/nobody", vitals)));
            assertDenied(send("DELETE", "/Observation?identifier=x", vitals, ""));
            assertDenied(get("Observation/_history", vitals));
            assertThat(category("glucose")).isEqualTo("laboratory");
        }

        @Test
        void deletesWhatMatches() {
            assertThat(send("DELETE", "/Observation/pulse", vitals, "").statusCode())
                    .isEqualTo(204);
        }

        private HttpResponse<String> change(String method, String id) {
            return send(method, "/Observation/" + id, vitals, measurement(id, "alice", "vital-signs"));
        }
    }

    private String category(String id) {
        return ((Observation) server.current("Observation", id).orElseThrow())
                .getCategoryFirstRep()
                .getCodingFirstRep()
                .getCode();
    }

    private static Observation measurement(String id, String patient, String category) {
        var observation = observation(id, patient);
        observation.addCategory().addCoding().setSystem(CATEGORY).setCode(category);
        observation.getCode().addCoding().setSystem("http://loinc.org").setCode(id);
        return observation;
    }
}
