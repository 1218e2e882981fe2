package org.rapport.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

class SigningOutTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final String GOODBYE = TestWorld.GOODBYE;

    private final SignedInApp app = SignedInApp.online(SERVER, TestWorld.ALICE);

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String wish(String hint, String redirect) {
        return "/connect/logout?id_token_hint=" + hint + "&post_logout_redirect_uri=" + encoded(redirect)
                + "&state=s%26t";
    }

    private static void assertSignedIn(Browser browser, boolean signedIn) {
        assertThat(browser.open("/account").asString().contains("name=\"password\""))
                .isEqualTo(!signedIn);
    }

    private static void assertPage400(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.header("Location")).isNull();
        assertThat(answer.asString()).contains("The app cannot sign you out");
    }

    private static long signOuts() {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT count(*) FROM audit_log WHERE interaction = 'sign-out'")
                .query(Long.class)
                .single();
    }

    @Test
    @DisplayName("OA-053: after signing out the session, its refresh and access tokens are dead")
    void endsTheSessionAndWhatLivesOnIt() {
        var tokens = app.tokens();
        ResourceServer.assertTakes(SERVER, tokens.getString("access_token"));
        var before = signOuts();

        app.browser().send(app.browser().open("/account"), Map.of());

        assertSignedIn(app.browser(), false);
        ResourceServer.assertRefusesWithinASecond(SERVER, tokens.getString("access_token"));
        SignedInApp.assertRefusedRefresh(SERVER, tokens.getString("refresh_token"));
        assertThat(signOuts()).isEqualTo(before + 1);
    }

    @Test
    void leavesAnAppThatMayWorkOffline() {
        var offline = SignedInApp.offline(SERVER, TestWorld.ALICE);
        var token = offline.tokens().getString("refresh_token");

        offline.browser().send(offline.browser().open("/account"), Map.of());

        assertThat(offline.refresh(token).statusCode()).isEqualTo(200);
    }

    @Nested
    class ByAnApplication {

        @Test
        @DisplayName("OA-053: an application with an ID token signs its user out and gets the browser back")
        void goesBackToIt() {
            var tokens = app.tokens();

            var answer = app.browser().open(wish(tokens.getString("id_token"), GOODBYE));

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.header("Location")).isEqualTo(GOODBYE + "&state=s%26t");
            assertSignedIn(app.browser(), false);
            ResourceServer.assertRefusesWithinASecond(SERVER, tokens.getString("access_token"));
            SignedInApp.assertRefusedRefresh(SERVER, tokens.getString("refresh_token"));
        }

        @Test
        void endsTheSessionEvenWithoutItsCookie() {
            var tokens = app.tokens();

            var answer = given().redirects()
                    .follow(false)
                    .formParam("id_token_hint", tokens.getString("id_token"))
                    .post(SERVER.url() + "/connect/logout");

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.header("Location")).isEqualTo("/login?signed-out");
            assertSignedIn(app.browser(), false);
        }

        @ParameterizedTest
        @DisplayName("OA-053: a foreign post_logout_redirect_uri is PAGE400 and signs nobody out")
        @ValueSource(
                strings = {
                    "https://evil.example.org/",
                    "https://app.example.org/goodbye",
                    "https://app.example.org/goodbye?from=rapport&x",
                    "HTTPS://app.example.org/goodbye?from=rapport",
                    "https://app.example.org/callback"
                })
        void goesNowhereElse(String redirect) {
            var tokens = app.tokens();

            assertPage400(app.browser().open(wish(tokens.getString("id_token"), redirect)));

            assertSignedIn(app.browser(), true);
            ResourceServer.assertTakes(SERVER, tokens.getString("access_token"));
        }

        @Test
        void needsARealIdTokenOfTheApplicationItNames() {
            var tokens = app.tokens();

            assertPage400(app.browser().open(wish("a.b.c", GOODBYE)));
            assertPage400(app.browser().open(wish(tokens.getString("access_token"), GOODBYE)));
            assertPage400(app.browser()
                    .open(wish(tokens.getString("id_token"), GOODBYE) + "&client_id=" + TestWorld.WEB_APP));
            assertPage400(app.browser().open("/connect/logout?post_logout_redirect_uri=" + encoded(GOODBYE)));
            assertSignedIn(app.browser(), true);
        }

        @Test
        void asksThePersonWhenItShowsNoIdToken() {
            app.tokens();
            var page = app.browser()
                    .open("/connect/logout?client_id=" + TestWorld.PUBLIC_APP + "&post_logout_redirect_uri="
                            + encoded(GOODBYE));
            assertThat(page.asString()).contains("An app asks to sign you out here.");
            assertSignedIn(app.browser(), true);

            var answer = app.browser().send(page, Map.of());

            assertThat(answer.header("Location")).isEqualTo(GOODBYE);
            assertSignedIn(app.browser(), false);
        }

        @Test
        void signsNobodyOutByAForgedForm() {
            app.tokens();

            assertThat(app.browser()
                            .post("/connect/logout", Map.of(), Map.of("confirmed", "true"))
                            .statusCode())
                    .isEqualTo(403);
            assertSignedIn(app.browser(), true);
        }
    }
}
