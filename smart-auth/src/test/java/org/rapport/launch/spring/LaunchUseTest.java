package org.rapport.launch.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rapport.launch.LaunchContext;
import org.rapport.launch.LaunchTarget;
import org.rapport.launch.Launches;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A launch works once, for whom it was made. */
class LaunchUseTest {

    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 20;
    private static final TestServer SERVER = TestServer.shared();
    private static final JdbcClient DATABASE = JdbcClient.create(SERVER.bean(DataSource.class));

    private static EhrSession ehr;

    @BeforeAll
    static void signIn() {
        ehr = EhrSession.of(SERVER, TestWorld.DOCTOR);
    }

    private static AuthorizationCodeFlow request(String launch) {
        return AuthorizationCodeFlow.at(SERVER.url())
                .with("scope", "openid fhirUser launch patient/*.rs offline_access")
                .with("launch", launch);
    }

    private static Response launched(String launch, String username) {
        return request(launch).authorize(new Browser(SERVER.url()), username);
    }

    private static void assertInvalidRequest(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(302);
        assertThat(answer.header("Location")).startsWith("http://127.0.0.1:45678/callback?error=invalid_request&");
        assertThat(AuthorizationCodeFlow.answered(answer, "state")).hasValue(AuthorizationCodeFlow.STATE);
        assertThat(AuthorizationCodeFlow.answered(answer, "iss")).hasValue(SERVER.url());
    }

    @Nested
    class RefusesTheApplication {

        @Test
        @DisplayName("OA-017: a forged launch, before and after the sign-in")
        void withAForgedLaunch() {
            assertInvalidRequest(
                    new Browser(SERVER.url()).open(request("invented").address()));
            var browser = signedIn();
            assertInvalidRequest(browser.open(request("invented").address()));
        }

        @Test
        @DisplayName("OA-017: a launch made for another user or another application, which stays good for its own")
        void withAForeignLaunch() {
            var launch = ehr.launch();

            assertInvalidRequest(launched(launch, TestWorld.ALICE));
            assertThat(AuthorizationCodeFlow.answered(
                            request(launch)
                                    .with("client_id", TestWorld.WEB_APP)
                                    .with("redirect_uri", TestWorld.WEB_REDIRECT)
                                    .authorize(new Browser(SERVER.url()), TestWorld.DOCTOR),
                            "error"))
                    .hasValue("invalid_request");
            assertThat(AuthorizationCodeFlow.answered(launched(launch, TestWorld.DOCTOR), "code"))
                    .isPresent();
        }

        @Test
        @DisplayName("OA-017: a launch older than five minutes")
        void withAnOldLaunch() {
            var launch = ehr.launch();
            DATABASE.sql("UPDATE launch SET expires_at = expires_at - interval '300 seconds' WHERE launch_hash = ?")
                    .param(TokenHash.of(launch))
                    .update();

            assertInvalidRequest(launched(launch, TestWorld.DOCTOR));
        }

        @Test
        @DisplayName("OA-017: a launch that was used")
        void withAUsedLaunch() {
            var launch = ehr.launch();
            launched(launch, TestWorld.DOCTOR);

            assertInvalidRequest(launched(launch, TestWorld.DOCTOR));
        }

        @Test
        void withALaunchAndNoScopeForIt() {
            assertInvalidRequest(new Browser(SERVER.url())
                    .open(request(ehr.launch())
                            .with("scope", "openid patient/*.rs")
                            .address()));
        }

        @Test
        void withTheScopeAndNoLaunch() {
            assertInvalidRequest(new Browser(SERVER.url())
                    .open(request("x").without("launch").address()));
        }

        @Test
        void andKeepsALaunchWhoseRequestWasRefused() {
            var launch = ehr.launch();
            var browser = signedIn();

            assertInvalidRequest(browser.open(
                    request(launch).with("aud", "https://evil.example.org/fhir").address()));
            assertThat(AuthorizationCodeFlow.answered(
                            browser.open(request(launch).with("prompt", "none").address()), "error"))
                    .hasValue("consent_required");
            assertThat(AuthorizationCodeFlow.answered(launched(launch, TestWorld.DOCTOR), "code"))
                    .isPresent();
        }

        private Browser signedIn() {
            var browser = new Browser(SERVER.url());
            AuthorizationCodeFlow.at(SERVER.url())
                    .with("scope", "openid user/*.rs")
                    .authorize(browser, TestWorld.DOCTOR);
            return browser;
        }
    }

    @Nested
    class Races {

        @Test
        @DisplayName("OA-017: twenty uses of a launch at once on two instances, one succeeds")
        void letOneWin() {
            try (var other = SERVER.another()) {
                var cookie = sessionCookie();
                for (int round = 0; round < ROUNDS; round++) {
                    var launch = SERVER.bean(Launches.class)
                            .create(
                                    new LaunchTarget(TestWorld.PUBLIC_APP, TestWorld.ALICE),
                                    LaunchContext.ofPatient("alice"));
                    var query = request(launch).address().substring(SERVER.url().length());

                    var answers = Together.times(
                            20,
                            i -> given().urlEncodingEnabled(false)
                                    .redirects()
                                    .follow(false)
                                    .cookie("rapport", cookie)
                                    .get((i % 2 == 0 ? SERVER.url() : other.url()) + query)
                                    .header("Location"));

                    assertThat(answers)
                            .areExactly(19, contains("error=invalid_request"))
                            .areExactly(1, contains("/oauth2/consent?"));
                }
            }
        }

        private org.assertj.core.api.Condition<String> contains(String part) {
            return new org.assertj.core.api.Condition<>(location -> location.contains(part), part);
        }

        private String sessionCookie() {
            var page = given().get(SERVER.url() + "/login");
            return given().cookies(page.cookies())
                    .redirects()
                    .follow(false)
                    .formParam(
                            "_csrf",
                            Browser.hidden(page)
                                    .getOrDefault("_csrf", List.of(""))
                                    .get(0))
                    .formParam("username", TestWorld.ALICE)
                    .formParam("password", TestWorld.PASSWORD)
                    .post(SERVER.url() + "/login")
                    .cookie("rapport");
        }
    }
}
