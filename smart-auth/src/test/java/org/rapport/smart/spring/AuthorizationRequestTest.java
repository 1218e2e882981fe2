package org.rapport.smart.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

        @Test
        void withoutARedirect() {
            assertPage(open(request().without("redirect_uri")));
            assertPage(open(request().with("client_id", TestWorld.WEB_APP).without("redirect_uri")));
        }

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

        @Test
        void forARequestKeptElsewhere() {
            assertPage(open(request().with("request_uri", "https://evil.example.org/request")));
        }
    }

    @Nested
    class RedirectsWithAnError {

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

        @Test
        void forAnotherResource() {
            assertError(open(request().with("resource", "https://evil.example.org/fhir")), "invalid_target");
        }

        @Test
        void forARequestObject() {
            assertError(open(request().with("request", "eyJhbGciOiJub25lIn0.e30.")), "request_not_supported");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "user/*.cruds",
                    "system/*.rs",
                    "patient/*.su",
                    "patient/Foo.rs",
                    "patient/Observation.rs?category=x%26patient=P-B",
                    "online_access",
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
            assertError(request().authorize(new Browser(SERVER.url()), TestWorld.DOCTOR), "access_denied");
        }
    }

    @Nested
    class AnswersWithACode {

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

        @Test
        void forAVersion1ScopeAndANarrowerOne() {
            var flow = request().with("scope", "patient/*.read patient/Observation.cu");
            var tokens = flow.redeem(flow.code(TestWorld.ALICE));

            assertThat(tokens.jsonPath().getString("scope").split(" "))
                    .containsExactlyInAnyOrder("patient/*.read", "patient/Observation.cu");
        }
    }

    @Nested
    class AsksForConsent {

        @Test
        void inPlainWordsAndEscaped() {
            var page = toConsent(new Browser(SERVER.url()));

            assertThat(page.asString())
                    .contains("Demo &lt;b&gt;App&lt;/b&gt;", "read everything in the record", "know who you are")
                    .doesNotContain("<b>App</b>", "??");
        }

        @Test
        void andTakesANo() {
            var browser = new Browser(SERVER.url());
            var page = toConsent(browser);

            assertError(browser.send(page, Map.of("deny", "true")), "access_denied");
        }

        @Test
        void andTurnsAwayAForgedForm() {
            var browser = new Browser(SERVER.url());
            var fields = Browser.hidden(toConsent(browser));
            fields.remove("_csrf");

            var answer = browser.post("/oauth2/authorize", fields, Map.of());

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.header("Location")).isNull();
        }

        @Test
        void andTurnsAwayAForeignState() {
            var browser = new Browser(SERVER.url());
            var fields = Browser.hidden(toConsent(browser));
            fields.put("state", List.of("invented"));

            assertPage(browser.post("/oauth2/authorize", fields, Map.of()));
        }

        @Test
        void andTurnsAwayMoreThanWasAsked() {
            var browser = new Browser(SERVER.url());
            var fields = Browser.hidden(toConsent(browser));
            fields.put("scope", List.of("user/*.rs"));

            assertError(browser.post("/oauth2/authorize", fields, Map.of()), "invalid_scope");
        }

        private Response toConsent(Browser browser) {
            var page = browser.open(request()
                    .with("scope", "openid fhirUser patient/*.rs patient/Condition.c")
                    .with("prompt", "consent")
                    .with("nonce", UUID.randomUUID().toString())
                    .address());
            var next = browser.send(page, Map.of("username", TestWorld.BOB, "password", TestWorld.PASSWORD));
            assertThat(next.asString()).contains("name=\"deny\"");
            return next;
        }
    }
}
