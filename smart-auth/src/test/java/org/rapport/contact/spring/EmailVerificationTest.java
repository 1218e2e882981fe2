package org.rapport.contact.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.net.URI;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.LinkToken;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;
import org.rapport.smart.Browser;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmailVerificationTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 20;

    private final TestPeople person = TestPeople.patient(SERVER);
    private final String fresh = "new." + person.address();
    private final Browser browser = person.signedIn();
    private final JdbcClient database = JdbcClient.create(SERVER.bean(DataSource.class));

    private Response ask(String address, String password) {
        return browser.send(browser.open("/account/email"), Map.of("address", address, "old", password));
    }

    private String link() {
        assertThat(ask(fresh, TestWorld.PASSWORD).asString()).contains("Look into your mail");
        return TestMails.link(TestMails.await(fresh, "Confirm"));
    }

    private String verified() {
        return SERVER.bean(MailAddresses.class)
                .of(person.username())
                .map(MailAddress::text)
                .orElse("");
    }

    @Test
    void takesTheNewAddressWhenItsLinkIsConfirmed() {
        var link = link();
        assertThat(verified()).isEqualTo(person.address());

        var elsewhere = new Browser(SERVER.url());
        var page = elsewhere.open(link);
        assertThat(page.asString()).contains("Messages about the account " + person.username());
        assertThat(verified()).as("opening alone").isEqualTo(person.address());
        var done = elsewhere.send(page, Map.of());

        assertThat(done.asString()).contains("The mail address is confirmed");
        assertThat(verified()).isEqualTo(fresh);
        assertThat(TestMails.await(person.address(), "mail address of your account was changed")
                        .text())
                .contains(person.username())
                .doesNotContain(fresh);
    }

    @Test
    void asksForThePassword() {
        var wrong = ask(fresh, "not the password");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.asString()).contains("role=\"alert\"", "The password is wrong.");
        assertThat(TestMails.to(fresh)).isEmpty();
    }

    @Test
    void refusesWhatIsNoAddress() {
        var none = ask("a@example.org\r\nBcc: b@example.org", TestWorld.PASSWORD);

        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.asString()).contains("This is no mail address.");
    }

    @Test
    void sendsThreeLinksAnHourAtMost() {
        for (int i = 0; i < 3; i++) {
            assertThat(ask(fresh, TestWorld.PASSWORD).statusCode()).isEqualTo(200);
        }

        assertThat(ask(fresh, TestWorld.PASSWORD).statusCode()).isEqualTo(429);
    }

    @Test
    void holdsUpWhoeverTriesPasswords() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(fresh, "wrong").statusCode()).isEqualTo(401);
        }

        assertThat(ask(fresh, TestWorld.PASSWORD).statusCode()).isEqualTo(429);
    }

    @Test
    void works24Hours() {
        var link = link();
        age("23 hours 59 minutes");
        assertThat(given().get(URI.create(link)).statusCode()).isEqualTo(200);
        age("61 seconds");

        assertThat(given().get(URI.create(link)).statusCode()).isEqualTo(404);
    }

    private void age(String time) {
        database.sql("UPDATE address_confirmation SET expires_at = expires_at - CAST(? AS interval) WHERE username = ?")
                .params(time, person.username())
                .update();
    }

    @Test
    void endsTheLinkBefore() {
        var first = link();
        ask("other." + person.address(), TestWorld.PASSWORD);

        assertThat(given().get(URI.create(first)).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("MF-010: of 20 uses of one link on two instances at once exactly one succeeds")
    void worksOnce() {
        var waiting = database.sql("SELECT sealed_address FROM account_address WHERE username = ?")
                .param(person.username())
                .query(byte[].class)
                .single();
        try (var other = SERVER.another()) {
            for (int round = 0; round < ROUNDS; round++) {
                var token = LinkToken.random();
                database.sql("INSERT INTO address_confirmation (username, token_hash, sealed_address, expires_at)"
                                + " VALUES (?, '#' || translate(rtrim(encode(sha256(?::bytea), 'base64'), '='), '+/', '-_'),"
                                + " ?, now() + interval '1 day')")
                        .params(person.username(), token, waiting)
                        .update();
                var answers = Together.times(20, i -> confirm(i % 2 == 0 ? SERVER.url() : other.url(), token));
                assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
                assertThat(answers.stream().filter(status -> status != 200)).containsOnly(404);
            }
        }
    }

    private static int confirm(String server, String token) {
        var page = given().get(server + "/login");
        return given().redirects()
                .follow(false)
                .cookies(page.cookies())
                .formParam("_csrf", Browser.hidden(page).get("_csrf"))
                .formParam("token", token)
                .post(server + "/email/link")
                .statusCode();
    }

    @Test
    void isForPeopleWhoAreSignedIn() {
        assertThat(new Browser(SERVER.url()).open("/account/email").asString()).contains("name=\"password\"");
    }

    @Test
    void leavesAuditRows() {
        browser.send(browser.open(link()), Map.of());

        assertThat(database.sql("SELECT query FROM audit_log WHERE interaction = 'account-changed' AND resource_id = ?"
                                + " ORDER BY number")
                        .param(person.username())
                        .query(String.class)
                        .list())
                .containsExactly("email asked", "email confirmed");
    }
}
