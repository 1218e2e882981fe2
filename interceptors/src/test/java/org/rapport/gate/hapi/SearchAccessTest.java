package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.search.hapi.SearchNarrowing;
import org.rapport.testing.TestTokens;

class SearchAccessTest extends TwoRecords {

    @Test
    void keepWithinTheOwnRecord() {
        assertThat(get("Observation", ALICE).body()).contains("of-alice").doesNotContain("of-bob");
        assertThat(server.lastSearch("patient")).containsExactly("Patient/alice");
    }

    @Test
    @DisplayName("AC-041: what was asked and what the reach adds must both hold")
    void addToWhatWasAsked() {
        assertThat(entries(get("Observation?patient=bob", ALICE))).isEqualTo(1);
        assertThat(server.lastSearch("patient")).containsExactly("bob", "Patient/alice");
    }

    @Test
    @DisplayName("AC-037: find patients by their ids")
    void findPatientsByTheirIds() {
        assertThat(get("Patient?_id=alice,bob,nope", ALICE).body())
                .contains("Patient/alice")
                .doesNotContain("Patient/bob\"");
        assertThat(server.lastSearch("_id")).containsExactly("alice,bob,nope", "alice");
    }

    @Test
    void keepWithinTheTreatedPatients() {
        get("Appointment?date=2026-01-01", DR_X);
        assertThat(server.lastSearch("patient")).containsExactly("Patient/alice");
    }

    @Test
    void findNothingWithoutTreatedPatients() {
        var answer = get("Observation", DR_Y);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("\"entry\"").doesNotContain("\"total\"");
        assertThat(server.lastSearch("_id")).containsExactly(SearchNarrowing.NOBODY);
    }

    @Test
    void areNotNarrowedForSharedTypes() {
        assertThat(get("Organization", ALICE).body()).contains("org-north");
    }

    @Test
    void showNoNarrowingInTheirLinks() {
        assertThat(get("Observation?status=final", ALICE).body())
                .contains("Observation?status=final\"")
                .doesNotContain("patient=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation?_include=*",
                "Observation?_include=Observation:*",
                "Patient?_revinclude=*",
                "Patient?_include:again=Patient:organization",
                "Patient?_list:not=1",
                "Observation?_content=x",
                "Observation?_text=x",
                "Observation?_source=x",
                "Patient?_sort=birthdate",
                "Patient?_sort=_id,-birthdate",
                "Observation?patient:mdm=x",
            })
    void refuseWhatLooksBeyondTheAnswer(String path) {
        assertDenied(get(path, ALICE));
        assertDenied(get(path, DR_X));
        assertThat(get(path, BACKEND).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("AC-021: what is closed to the caller is not even looked for")
    void includeWhatIsOpenToTheCaller() {
        get(
                "Patient?_revinclude=AdverseEvent:subject&_revinclude=Observation:subject&_include=Patient:organization",
                ALICE);
        assertThat(server.lastSearch("_revinclude")).containsExactly("Observation:subject");
        assertThat(server.lastSearch("_include")).containsExactly("Patient:organization");
        get("Patient?_revinclude=AdverseEvent:subject", BACKEND);
        assertThat(server.lastSearch("_revinclude")).containsExactly("AdverseEvent:subject");
    }

    @Test
    @DisplayName("PA-021: include ten times at most")
    void includeTenTimesAtMost() {
        var answer = get("Patient?" + "_include=Patient:organization&".repeat(11), ALICE);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("too-costly");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation?_filter=x",
                "Observation?_total=accurate",
                "Observation?_summary=count",
            })
    @DisplayName("AC-023, AC-033: do not support what counts")
    void doNotSupportWhatCounts(String path) {
        var answer = get(path, ALICE);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("not-supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient?_in=List/1", "Observation?_unheard=x", "Observation?_unheard:missing=true"})
    @DisplayName("AC-035: do not support what nobody has heard of")
    void doNotSupportWhatNobodyHasHeardOf(String path) {
        for (var caller : List.of(ALICE, DR_X, BACKEND)) {
            var answer = get(path, caller);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("not-supported");
        }
    }

    @Test
    @DisplayName("AC-013: need their scope")
    void needTheirScope() {
        var narrow = TestTokens.signed(claims -> claims.subject("alice")
                .claim("scope", "patient/Patient.r")
                .claim("roles", List.of("patient"))
                .claim("fhirUser", "Patient/alice")
                .claim("patient", "alice"));
        var answer = get("Observation?code=x", narrow);
        assertDenied(answer);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\"");
        assertThat(server.lastSearch("code")).isEmpty();
    }

    @Test
    @DisplayName("AC-015: are the same by post")
    void areTheSameByPost() {
        var answer = send(request("/fhir/Observation/_search?code=x", ALICE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("patient=Patient%2Fbob")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.lastSearch("patient")).containsExactly("Patient/bob", "Patient/alice");
        assertThat(server.lastSearch("code")).containsExactly("x");
    }
}
