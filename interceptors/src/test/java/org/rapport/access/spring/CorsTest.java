package org.rapport.access.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.APP_ORIGIN;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.testing.TestTokens;

/** What scripts of other sites may do at the FHIR base. */
class CorsTest {

    private static final String ALLOWED = "Access-Control-Allow-Origin";
    private static final String TOKEN = TestTokens.patient("alice");

    @ParameterizedTest
    @DisplayName("ER-011: an origin where no app is registered")
    @ValueSource(
            strings = {
                "https://evil",
                "null",
                "https://app.example.org.evil.example",
                "https://evil.app.example.org",
                "https://app.example.org:8443",
                "http://app.example.org",
                "https://app.example.org/",
                "HTTPS://APP.EXAMPLE.ORG",
                "*"
            })
    void opensNothingToAStranger(String origin) {
        for (var answer : List.of(
                send(request("/fhir/Patient", TOKEN).header("Origin", origin)),
                send(request("/fhir/Patient").header("Origin", origin)),
                preflight("/fhir/Patient", origin))) {
            assertThat(answer.headers().firstValue(ALLOWED)).isEmpty();
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
        assertThat(preflight("/fhir/Patient", origin).statusCode()).isEqualTo(403);
    }

    @Test
    void letsARegisteredAppReadTheAnswer() {
        var answer = send(request("/fhir/Organization", TOKEN).header("Origin", APP_ORIGIN));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues(ALLOWED)).containsExactly(APP_ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(answer.headers().allValues("Vary")).contains("Origin");
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("Location", "Content-Location", "ETag", "X-Request-ID", "WWW-Authenticate");
    }

    @Test
    void letsARegisteredAppReadARefusal() {
        var answer = send(request("/fhir/Patient").header("Origin", APP_ORIGIN));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues(ALLOWED)).containsExactly(APP_ORIGIN);
    }

    @Test
    void answersThePreflightOfARegisteredAppWithoutAToken() {
        var answer = preflight("/fhir/Observation/1", APP_ORIGIN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues(ALLOWED)).containsExactly(APP_ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("PUT", "DELETE");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("authorization");
    }

    @Test
    void letsAnySiteReadTheOpenDocuments() {
        var answer = send(request("/fhir/metadata").header("Origin", "https://evil"));
        assertThat(answer.headers().allValues(ALLOWED)).containsExactly("*");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    private static HttpResponse<String> preflight(String path, String origin) {
        return send(request(path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }
}
