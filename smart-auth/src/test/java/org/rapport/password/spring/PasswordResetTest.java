package org.rapport.password.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;
import org.rapport.factor.TotpFactors;
import org.rapport.password.PasswordResets;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.SecondStep;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestPeopleLinks;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

class PasswordResetTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final String SUBJECT = "Set a new password";
    private static final String FRESH = "CANARY-treuherzig-Kabeljau";
    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 20;

    private final TestPeople person = TestPeople.patient(SERVER);
    private final Browser browser = new Browser(SERVER.url());
    private final JdbcClient database = JdbcClient.create(SERVER.bean(DataSource.class));

    private Response ask(String who) {
        return browser.send(browser.open("/login/reset"), Map.of("who", who));
    }

    /** Made without asking: ten questions from one source are the most. */
    private String link() {
        return SERVER.url() + "/login/reset/" + TestPeopleLinks.reset(SERVER, person.username());
    }

    private Response set(String link, String password) {
        return browser.send(browser.open(link), Map.of("password", password, "repeated", password));
    }

    @Test
    void setsANewPasswordByAMailedLink() {
        ask(person.username());

        var done = set(TestMails.link(TestMails.await(person.address(), SUBJECT)), FRESH);

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.asString()).contains("The new password is set");
        assertThat(person.hasPassword(FRESH)).isTrue();
        assertThat(person.hasPassword(TestWorld.PASSWORD)).isFalse();
        assertThat(TestMails.await(person.address(), "was changed").text()).contains(person.username());
    }

    @Test
    void findsAccountsByTheirAddressInAnyCase() {
        ask(person.address().toUpperCase(Locale.ROOT));

        assertThat(TestMails.await(person.address(), SUBJECT).text()).contains(person.username());
    }

    @Test
    void sendsOneMailForAllAccountsOfAnAddress() {
        var child = TestPeople.patient(SERVER);
        SERVER.bean(MailAddresses.class)
                .verified(child.username(), MailAddress.parse(person.address()).orElseThrow());

        ask(person.address());

        assertThat(TestMails.await(person.address(), SUBJECT).text())
                .contains(person.username() + ":\n", child.username() + ":\n");
    }

    @Test
    @DisplayName("MF-013: signs nobody in, and ends every session and refresh token")
    void endsEverythingThatWasOpen() {
        var open = person.signedIn();
        assertThat(open.open("/account/password").asString()).contains("name=\"old\"");
        var tokens = refreshToken();

        set(link(), FRESH);

        assertThat(browser.open("/account").asString()).contains("name=\"password\"");
        assertThat(open.open("/account").asString()).contains("name=\"password\"");
        var refreshed = given().formParam("grant_type", "refresh_token")
                .formParam("refresh_token", tokens)
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(SERVER.url() + "/oauth2/token");
        assertThat(refreshed.statusCode()).isEqualTo(400);
        assertThat(refreshed.jsonPath().getString("error")).isEqualTo("invalid_grant");
    }

    @Test
    @DisplayName("MF-013: the second factor is still asked after a reset")
    void asksForTheFactorAsBefore() {
        SERVER.bean(TotpFactors.class).addIfNone(person.username(), "Phone", TestWorld.DOCTORS_APP);
        set(link(), FRESH);

        var page = person.signIn(browser, FRESH);

        assertThat(SecondStep.isAskedBy(page)).isTrue();
        assertThat(SecondStep.isAskedBy(browser.open("/account/password"))
                        || browser.open("/account/password").asString().contains("name=\"username\""))
                .as("not signed in")
                .isTrue();
    }

    private String refreshToken() {
        var flow = AuthorizationCodeFlow.at(SERVER.url());
        return flow.redeem(flow.code(person.username())).jsonPath().getString("refresh_token");
    }

    @Test
    @DisplayName("MF-010: of 20 uses of one link on two instances at once exactly one succeeds")
    void worksOnce() {
        try (var other = SERVER.another()) {
            for (int round = 0; round < ROUNDS; round++) {
                var token = TestPeopleLinks.reset(SERVER, person.username());
                var answers = Together.times(20, i -> post(i % 2 == 0 ? SERVER.url() : other.url(), token, FRESH + i));
                assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
                assertThat(answers.stream().filter(status -> status != 200)).containsOnly(404);
            }
        }
    }

    private static int post(String server, String token, String password) {
        var page = given().get(server + "/login/reset");
        return given().redirects()
                .follow(false)
                .cookies(page.cookies())
                .formParam("_csrf", Browser.hidden(page).get("_csrf"))
                .formParam("token", token)
                .formParam("password", password)
                .formParam("repeated", password)
                .post(server + "/login/reset/link")
                .statusCode();
    }

    @Test
    void givesNoSecondUse() {
        var link = link();
        set(link, FRESH);

        var again = browser.open(link);

        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.asString()).contains("This link no longer works");
    }

    @Test
    void endsEveryOtherLinkOfTheAccount() {
        var first = link();
        var second = TestPeopleLinks.reset(SERVER, person.username());
        set(first, FRESH);

        assertThat(browser.open("/login/reset/" + second).statusCode()).isEqualTo(404);
    }

    @Test
    void worksForHalfAnHour() {
        var link = link();
        age("29 minutes");
        assertThat(browser.open(link).statusCode()).isEqualTo(200);
        age("61 seconds");

        assertThat(browser.open(link).statusCode()).isEqualTo(404);
    }

    private void age(String time) {
        database.sql("UPDATE password_reset SET expires_at = expires_at - CAST(? AS interval) WHERE username = ?")
                .params(time, person.username())
                .update();
    }

    @Test
    @DisplayName("EM-001: opening the link changes nothing, however often and by whatever method")
    void isNotSpentByLookingAtIt() {
        var link = link();
        for (var method : List.of("GET", "HEAD", "GET")) {
            assertThat(given().request(method, URI.create(link)).statusCode()).isEqualTo(200);
        }
        given().request("OPTIONS", URI.create(link));

        assertThat(person.hasPassword(TestWorld.PASSWORD)).isTrue();
        assertThat(set(link, FRESH).asString()).contains("The new password is set");
    }

    @Test
    @DisplayName("EM-009: only the SHA-256 of the token is stored, and the page sends no Referer")
    void keepsNoToken() {
        var link = link();
        var token = link.substring(link.lastIndexOf('/') + 1);

        assertThat(database.sql("SELECT token_hash FROM password_reset WHERE username = ?")
                        .param(person.username())
                        .query(String.class)
                        .list())
                .hasSize(1)
                .allMatch(hash -> hash.startsWith("#") && !hash.contains(token));
        assertThat(given().get(URI.create(link)).header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    @DisplayName("EM-011: the link is made from the base URL, not from the Host header")
    void leadsToTheBaseUrl() {
        var page = given().get(SERVER.url() + "/login/reset");
        given().header("Host", "evil.example.org")
                .cookies(page.cookies())
                .formParam("_csrf", Browser.hidden(page).get("_csrf"))
                .formParam("who", person.username())
                .post(SERVER.url() + "/login/reset");

        assertThat(TestMails.await(person.address(), SUBJECT).text())
                .contains(SERVER.url() + "/login/reset/")
                .doesNotContain("evil");
    }

    @Test
    @DisplayName("EM-013: a form of another site is refused")
    void refusesAForeignForm() {
        var token = TestPeopleLinks.reset(SERVER, person.username());
        var answer = browser.post(
                "/login/reset/link", Map.of(), Map.of("token", token, "password", FRESH, "repeated", FRESH));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(person.hasPassword(TestWorld.PASSWORD)).isTrue();
    }

    @Test
    void answersTheSameWhetherThereIsAnAccount() {
        var known = ask(person.username());
        var unknown = ask("nobody-at-all");

        assertThat(known.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(200);
        assertThat(known.asString()).isEqualTo(unknown.asString()).contains("Look into your mail");
    }

    @Test
    void sendsThreeMailsAnHourAtMost() {
        var resets = SERVER.bean(PasswordResets.class);
        for (int i = 0; i < 5; i++) {
            resets.ask(i % 2 == 0 ? person.username() : person.address(), Agent.SERVER);
        }
        await().untilAsserted(() -> assertThat(TestMails.to(person.address())).hasSize(3));
        assertThat(database.sql("SELECT count(*) FROM audit_log WHERE interaction = 'password-changed'"
                                + " AND query = 'reset asked too often' AND resource_id = ?")
                        .param(person.username())
                        .query(Long.class)
                        .single())
                .isEqualTo(2);

        database.sql("UPDATE password_reset SET asked_at = asked_at - interval '1 hour' WHERE username = ?")
                .param(person.username())
                .update();
        resets.ask(person.address(), Agent.SERVER);

        await().untilAsserted(() -> assertThat(TestMails.to(person.address())).hasSize(4));
    }

    @Test
    void keepsTheLinkWhenThePasswordIsTooWeak() {
        var link = link();

        var weak = set(link, "Password12345");

        assertThat(weak.statusCode()).isEqualTo(400);
        assertThat(weak.asString()).contains("role=\"alert\"", "among the most common ones");
        assertThat(set(link, FRESH).statusCode()).isEqualTo(200);
    }

    @Test
    void holdsASourceThatAsksTooOften() {
        try (var own = TestServer.start()) {
            var asking = new Browser(own.url());
            for (int i = 0; i < 10; i++) {
                assertThat(asking.send(asking.open("/login/reset"), Map.of("who", "x"))
                                .statusCode())
                        .isEqualTo(200);
            }
            var held = asking.send(asking.open("/login/reset"), Map.of("who", "x"));

            assertThat(held.statusCode()).isEqualTo(429);
            assertThat(held.header("Retry-After")).isEqualTo("300");
        }
    }
}
