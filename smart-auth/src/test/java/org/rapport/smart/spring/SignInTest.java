package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

class SignInTest {

    private static final TestServer SERVER = TestServer.shared();

    private final Browser browser = new Browser(SERVER.url());

    private Response signIn(String username, String password) {
        return browser.send(browser.open("/login"), Map.of("username", username, "password", password));
    }

    @Test
    void leadsToTheOwnAccountAndOut() {
        var account = signIn(TestWorld.ALICE, TestWorld.PASSWORD);
        assertThat(account.asString()).contains("You are signed in as Alice.");

        var out = browser.send(account, Map.of());

        assertThat(out.asString()).contains("You are signed out.");
        assertThat(browser.open("/account").asString()).contains("name=\"password\"");
    }

    @Test
    void saysTheSameOfAnUnknownNameAndAWrongPassword() {
        var wrong = signIn(TestWorld.BOB, "wrong");
        var unknown = signIn("nobody-at-all", "wrong");

        assertThat(wrong.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(401);
        assertThat(wrong.asString()).contains("The user name or the password is wrong.");
        assertThat(unknown.asString().replaceAll("value=\"[^\"]*\"", ""))
                .isEqualTo(wrong.asString().replaceAll("value=\"[^\"]*\"", ""));
    }

    @Test
    void isHeldUpAfterFiveFailures() {
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount("forgetful", TestWorld.PASSWORD, "F", null, Set.of(Role.CLERK)));
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("forgetful", "wrong").statusCode()).isEqualTo(401);
        }

        var held = signIn("forgetful", TestWorld.PASSWORD);

        assertThat(held.statusCode()).isEqualTo(429);
        assertThat(held.header("Retry-After")).isEqualTo("300");
        assertThat(held.asString()).contains("Too many failed attempts.");
        assertThat(signIn(TestWorld.ALICE, TestWorld.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesADisabledAccount() {
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount("gone", TestWorld.PASSWORD, "Gone", null, Set.of(Role.CLERK)));
        JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("UPDATE account SET enabled = false WHERE username = 'gone'")
                .update();

        assertThat(signIn("gone", TestWorld.PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesAFormOfAnotherSite() {
        browser.open("/login");
        var answer =
                browser.post("/login", Map.of(), Map.of("username", TestWorld.ALICE, "password", TestWorld.PASSWORD));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).contains("This was refused");
        assertThat(browser.open("/account").asString()).contains("name=\"password\"");
    }

    @Test
    void changesTheSessionAndAnswersWithSeeOther() {
        var page = given().get(SERVER.url() + "/login");
        var before = page.cookie("rapport");
        var fields = Browser.hidden(page);

        var answer = given().redirects()
                .follow(false)
                .cookie("rapport", before)
                .formParam("_csrf", fields.get("_csrf"))
                .formParam("username", TestWorld.ALICE)
                .formParam("password", TestWorld.PASSWORD)
                .post(SERVER.url() + "/login");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/account");
        assertThat(answer.cookie("rapport")).isNotBlank().isNotEqualTo(before);
        assertThat(answer.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax", "Path=/");
        var old = given().redirects().follow(false).cookie("rapport", before).get(SERVER.url() + "/account");
        assertThat(old.header("Location")).isEqualTo("/login");
    }

    @Test
    void endsAfterFifteenIdleMinutes() {
        signIn(TestWorld.ALICE, TestWorld.PASSWORD);
        var database = JdbcClient.create(SERVER.bean(DataSource.class));
        assertThat(database.sql("SELECT DISTINCT max_inactive_interval FROM login_session")
                        .query(Integer.class)
                        .list())
                .isEqualTo(List.of(900));
        database.sql("UPDATE login_session SET last_access_time = last_access_time - 900001"
                        + ", expiry_time = expiry_time - 900001 WHERE principal_name = 'alice'")
                .update();

        assertThat(browser.open("/account").asString()).contains("name=\"password\"");
    }

    @Test
    void asksAgainWhenTheStoredSessionCannotBeRead() {
        signIn("carol", TestWorld.PASSWORD);
        int spoiled = JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("UPDATE login_session_attributes SET attribute_bytes = 'x' WHERE session_primary_id IN"
                        + " (SELECT primary_id FROM login_session WHERE principal_name = 'carol')")
                .update();

        assertThat(spoiled).isPositive();
        assertThat(browser.open("/account").asString()).contains("name=\"password\"");
    }

    @Test
    void isKnownToEveryInstance() {
        signIn(TestWorld.ALICE, TestWorld.PASSWORD);
        try (var other = SERVER.another()) {
            assertThat(browser.open(other.url() + "/account").asString()).contains("You are signed in as Alice.");
        }
    }

    @Test
    void speaksGerman() {
        var page = given().header("Accept-Language", "de-AT,de;q=0.9,en;q=0.8").get(SERVER.url() + "/login");

        assertThat(page.asString()).contains("<html lang=\"de\">", "Benutzername");
        assertThat(page.header("Content-Language")).isEqualTo("de");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/setup", "/oauth2/authorize?response_type=code&client_id=nobody"})
    void showsPagesThatCannotBeFramedOrScripted(String path) {
        var page = given().redirects().follow(false).get(SERVER.url() + path);

        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.asString()).doesNotContain("<script", "style=");
    }

    @Test
    @DisplayName("ER-009: where the outside speaks https, each page has browsers keep to it")
    void keepsBrowsersToHttps() {
        try (var server = TestServer.start(
                TestServer.newDatabase(),
                "https://fhir.example.org",
                TestServer.freePort(),
                TestServer.newDataDirectory())) {
            for (var path : List.of("/login", "/login/reset", "/account", "/oauth2/authorize")) {
                var page = given().redirects().follow(false).get(server.url() + path);
                assertThat(page.header("Strict-Transport-Security")).as(path).isEqualTo("max-age=31536000");
            }
        }
        assertThat(given().get(SERVER.url() + "/login").header("Strict-Transport-Security"))
                .as("without https")
                .isNull();
    }

    @Test
    void goesWhereTheBaseUrlSaysAndNotWhereTheHostHeaderSays() {
        var answer = given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .header("Host", "evil.example.org")
                .get(URI.create(AuthorizationCodeFlow.at(SERVER.url()).address()));

        assertThat(answer.header("Location")).isEqualTo("/login");
    }
}
