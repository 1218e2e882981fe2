package org.rapport.smart.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class AuthorizationRequestTest {

    private static final TestServer SERVER = TestServer.shared();

    private static AuthorizationCodeFlow request() {
        return AuthorizationCodeFlow.at(SERVER.url());
    }

    private static Response open(AuthorizationCodeFlow flow) {
        return new Browser(SERVER.url()).open(flow.address());
    }

    private static void assertPage(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.header("Location")).isNull();
        assertThat(answer.asString()).doesNotContain("Exception", "org.springframework");
    }

    private static void assertError(Response answer, String error) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(302);
        assertThat(AuthorizationCodeFlow.answered(answer, "error")).hasValue(error);
        assertThat(AuthorizationCodeFlow.answered(answer, "state")).hasValue(AuthorizationCodeFlow.STATE);
        assertThat(AuthorizationCodeFlow.answered(answer, "iss")).hasValue(SERVER.url());
        assertThat(AuthorizationCodeFlow.answered(answer, "code")).isEmpty();
    }

    @Nested
    class ShowsAPage {

        @DisplayName("OA-001: a redirect that differs in any character")
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example.org/callback",
                    "http://127.0.0.1:45678/callback/",
                    "http://127.0.0.1:45678/callback/more",
                    "http://127.0.0.1:45678/callback?x=1",
                    "http://127.0.0.1:45678/CALLBACK",
                    "http://127.0.0.1:45678/%63allback",
                    "http://127.0.0.1:45678/callback#",
                    "http://localhost:45678/callback",
                    "http://127.0.0.2:45678/callback",
                    "http://127.0.0.1.evil.example.org/callback",
                    "http://a@127.0.0.1:45678/callback",
                    "http://127.0.0.1:45678@evil.example.org/callback",
                    "https://127.0.0.1:45678/callback",
                    "https://phone.example.org:8443/cb",
                    "http://phone.example.org/cb",
                    "https://sub.phone.example.org/cb",
                    "https://phone.example.org/cb/",
                    "javascript:alert(1)"
                })
        void forARedirectThatIsNotExactlyRegistered(String redirect) {
            assertPage(open(request().with("redirect_uri", redirect)));
        }

        @DisplayName("OA-002: no redirect, though one is registered")
        @Test
        void withoutARedirect() {
            assertPage(open(request().without("redirect_uri")));
            assertPage(open(request().with("client_id", TestWorld.WEB_APP).without("redirect_uri")));
        }

        @DisplayName("OA-003: a web client on a loopback address")
        @Test
        void forALoopbackRedirectOfAWebClient() {
            assertPage(open(request().with("client_id", TestWorld.WEB_APP)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"nobody", TestWorld.BACKEND})
        void forAClientThatHasNoUsers(String clientId) {
            assertPage(open(request().with("client_id", clientId)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"client_id", "response_type"})
        void whenTheRequestIsNone(String missing) {
            assertPage(open(request().without(missing)));
        }
    }

    @Nested
    class RedirectsWithAnError {

        @DisplayName("OA-005: no challenge, from a public and a confidential client")
        @ParameterizedTest
        @ValueSource(strings = {TestWorld.PUBLIC_APP, TestWorld.WEB_APP})
        void withoutAChallenge(String clientId) {
            var redirect = clientId.equals(TestWorld.WEB_APP) ? TestWorld.WEB_REDIRECT : "http://127.0.0.1:9/callback";
            assertError(
                    open(request()
                            .with("client_id", clientId)
                            .with("redirect_uri", redirect)
                            .without("code_challenge")
                            .without("code_challenge_method")),
                    "invalid_request");
        }

        @DisplayName("OA-005, OA-017: plain or odd challenges, another audience, a launch without its scope")
        @ParameterizedTest
        @CsvSource({
            "code_challenge_method, plain",
            "code_challenge_method, S512",
            "code_challenge, short",
            "aud, https://evil.example.org/fhir",
            "launch, 123",
            "scope, launch openid"
        })
        void forAValueThatSmartForbids(String name, String value) {
            assertError(open(request().with(name, value)), "invalid_request");
        }

        @Test
        void withoutAChallengeMethod() {
            assertError(open(request().without("code_challenge_method")), "invalid_request");
        }

        @Test
        void withoutAnAudience() {
            assertError(open(request().without("aud")), "invalid_request");
        }

        @DisplayName("RFC 8707: another resource")
        @Test
        void forAnotherResource() {
            assertError(open(request().with("resource", "https://evil.example.org/fhir")), "invalid_target");
        }

        @Test
        @DisplayName("OA-043: a request kept elsewhere, by an address of the attacker or of a pushed request")
        void forARequestKeptElsewhere() {
            assertError(
                    open(request().with("request_uri", "https://evil.example.org/request")),
                    "request_uri_not_supported");
            assertError(
                    open(request().with("request_uri", "urn:ietf:params:oauth:request_uri:x")),
                    "request_uri_not_supported");
        }

        @Test
        @DisplayName("OA-043: an unsigned request object")
        void forARequestObject() {
            assertError(open(request().with("request", "eyJhbGciOiJub25lIn0.e30.")), "request_not_supported");
        }

        @DisplayName("OA-019, OA-021, OA-023: a scope that is wider, unknown or unreadable")
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "user/*.cruds",
                    "system/*.rs",
                    "patient/*.su",
                    "patient/Foo.rs",
                    "patient/Observation.rs?category=x%26patient=P-B",
                    "patient/Observation.rs?category=x&patient=P-B%26",
                    "patient/Observation.rs?category=laboratory,vital-signs",
                    "patient/Observation.rs?unknown=x",
                    "patient/Observation.rs?category=",
                    "patient/Observation.rs?",
                    "patient/Observation.read?category=x",
                    "patient/*.rs?category=x",
                    "launch/encounter",
                    "admin"
                })
        void forAScopeTheClientCannotHave(String scope) {
            assertError(open(request().with("scope", "openid " + scope)), "invalid_scope");
        }

        @Test
        void withoutAScope() {
            assertError(open(request().without("scope")), "invalid_scope");
        }

        @Test
        void forAnotherResponseTypeOnAPage() {
            assertPage(open(request().with("response_type", "token")));
        }

        @Test
        void whenNobodyIsSignedInAndNobodyMayBeAsked() {
            assertError(open(request().with("prompt", "none")), "login_required");
        }

        @Test
        void whenPatientDataIsWantedForSomebodyWithoutARecord() {
            assertError(request().authorize(new Browser(SERVER.url()), TestWorld.CLERK), "access_denied");
        }
    }

    @Nested
    class AnswersWithACode {

        @DisplayName("OA-003: a native client on any port of the loopback address")
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1/callback",
                    "http://127.0.0.1:1/callback",
                    "http://127.0.0.1:65535/callback",
                    "https://phone.example.org/cb"
                })
        void atARegisteredAddressWithAnyLoopbackPort(String redirect) {
            var answer = request().with("redirect_uri", redirect).authorize(new Browser(SERVER.url()), TestWorld.ALICE);

            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.header("Location")).startsWith(redirect + "?code=");
            assertThat(AuthorizationCodeFlow.answered(answer, "state")).hasValue(AuthorizationCodeFlow.STATE);
            assertThat(AuthorizationCodeFlow.answered(answer, "iss")).hasValue(SERVER.url());
        }

        @DisplayName("OA-021: both versions together")
        @Test
        void forAVersion1ScopeAndANarrowerOne() {
            var flow = request().with("scope", "patient/*.read patient/Observation.cu");
            var tokens = flow.redeem(flow.code(TestWorld.ALICE));

            assertThat(tokens.jsonPath().getString("scope").split(" "))
                    .containsExactlyInAnyOrder("patient/*.read", "patient/Observation.cu");
        }
    }
}
