package org.rapport.access.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.testing.TestTokens;

class FhirSecurityTest {

    private static final String LOGIN_REQUIRED = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"login",\
            "diagnostics":"Authentication required"}]}""";

    private static final String EXPIRED = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"expired",\
            "diagnostics":"Access token has expired"}]}""";

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(strings = {"", "Bearer", "Bearer x", "Bearer a b", "Basic YWxhZGRpbjpvcGVuc2VzYW1l"})
        void aRequestWithoutAToken(String authorization) {
            assertRefused(send(request("/fhir/Patient/alice").header("Authorization", authorization)));
        }

        @Test
        void aTokenInTheQuery() {
            assertRefused(send(request("/fhir/Patient?access_token=" + TestTokens.system("system/*.cruds"))));
        }

        @Test
        void aTokenInAForm() {
            assertRefused(send(request("/fhir/Patient/_search")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("access_token=" + TestTokens.system("system/*.cruds")))));
        }

        @Test
        void aTokenSignedByAnotherKey() {
            assertRefused(get("Patient", TestTokens.forged()));
        }

        @Test
        void anExpiredToken() {
            var past = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
            assertRefused(get("Patient", TestTokens.signed(c -> c.subject("x").expirationTime(past))), EXPIRED);
        }

        @Test
        void aTokenThatIsNotYetValid() {
            var later = Date.from(Instant.parse("2080-01-01T00:00:00Z"));
            assertRefused(get("Patient", TestTokens.signed(c -> c.subject("x").notBeforeTime(later))));
        }

        @Test
        @DisplayName("AC-057: a patient scope without fhirUser")
        void aPatientScopeWithoutAUser() {
            assertRefused(get(
                    "Observation",
                    TestTokens.signed(claims -> claims.subject("alice")
                            .claim("scope", "patient/Observation.rs")
                            .claim("roles", List.of("patient"))
                            .claim("patient", "alice"))));
        }

        @Test
        @DisplayName("AC-057: a patient scope without patient")
        void aPatientScopeWithoutAPatient() {
            var token = TestTokens.signed(claims -> claims.subject("alice")
                    .claim("scope", "patient/Observation.rs")
                    .claim("roles", List.of("patient"))
                    .claim("fhirUser", "Patient/alice"));
            assertRefused(get("Observation", token));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a/../b", "alice,bob", "alice&x=y", ""})
        void aPatientThatIsNoId(String patient) {
            assertRefused(get("Observation", TestTokens.patient(patient)));
        }

        @Test
        void rolesThatAreNoList() {
            assertRefused(get("", TestTokens.signed(c -> c.subject("x").claim("roles", "system"))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/fhir", "/fhir/", "/fhir/metadata/x", "/fhir/Patient/metadata", "/fhir/x/.well-known/y"})
        void everythingButTheOpenDocuments(String path) {
            assertRefused(send(request(path)));
        }

        @Test
        void toWriteAnOpenDocument() {
            assertRefused(send(request("/fhir/metadata").POST(HttpRequest.BodyPublishers.noBody())));
        }

        private void assertRefused(HttpResponse<String> answer) {
            assertRefused(answer, LOGIN_REQUIRED);
        }

        private void assertRefused(HttpResponse<String> answer, String body) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo(body);
            assertThat(answer.headers().allValues("WWW-Authenticate"))
                    .containsExactly("Bearer error=\"invalid_token\"");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    @Nested
    class Admits {

        @ParameterizedTest
        @ValueSource(strings = {"/fhir/metadata", "/fhir/.well-known/smart-configuration"})
        void anybodyToTheOpenDocuments(String path) {
            var answer = send(request(path).header("Origin", "https://app.example.org"));
            assertThat(answer.statusCode()).isIn(200, 404);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }

        @Test
        void noForeignOriginAnywhereElse() {
            var answer = send(request("/fhir/Patient")
                    .header("Origin", "null")
                    .header("Authorization", "Bearer " + TestTokens.patient("alice")));
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void sendsTheSecurityHeaders() {
        var headers = get("Patient", TestTokens.patient("alice")).headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; frame-ancestors 'none'");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.firstValue("Strict-Transport-Security")).contains("max-age=31536000");
    }
}
