package org.rapport.password.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class PasswordChangeTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final String FRESH = "CANARY-treuherzig-Kabeljau";

    private final TestPeople person = TestPeople.patient(SERVER);
    private final Browser browser = person.signedIn();

    private Response change(String old, String password, String repeated) {
        return browser.send(
                browser.open("/account/password"), Map.of("old", old, "password", password, "repeated", repeated));
    }

    @Test
    void takesTheNewPasswordInPlaceOfTheOld() {
        var done = change(TestWorld.PASSWORD, FRESH, FRESH);

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.asString()).contains("The new password is set");
        assertThat(person.hasPassword(FRESH)).isTrue();
        assertThat(person.hasPassword(TestWorld.PASSWORD)).isFalse();
        assertThat(TestMails.await(person.address(), "password of your account was changed")
                        .text())
                .contains("/login/reset");
    }

    @Test
    void endsEveryOtherSessionAndEveryRefreshToken() {
        var elsewhere = person.signedIn();
        var flow = AuthorizationCodeFlow.at(SERVER.url());
        var refreshToken = flow.redeem(flow.code(person.username())).jsonPath().getString("refresh_token");

        change(TestWorld.PASSWORD, FRESH, FRESH);

        assertThat(elsewhere.open("/account/password").asString()).doesNotContain("name=\"old\"");
        assertThat(browser.open("/account/password").asString()).contains("name=\"old\"");
        var refreshed = given().formParam("grant_type", "refresh_token")
                .formParam("refresh_token", refreshToken)
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(SERVER.url() + "/oauth2/token");
        assertThat(refreshed.jsonPath().getString("error")).isEqualTo("invalid_grant");
    }

    @Test
    void asksForTheOldPassword() {
        var wrong = change("not the password", FRESH, FRESH);

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.asString()).contains("role=\"alert\"", "The password until now is wrong.");
        assertThat(person.hasPassword(TestWorld.PASSWORD)).isTrue();
    }

    @Test
    void refusesWhatIsWeakOrNotRepeated() {
        assertThat(change(TestWorld.PASSWORD, FRESH, FRESH + "x").asString()).contains("The two passwords differ.");
        var weak = change(TestWorld.PASSWORD, "P@ssw0rd!!!!", "P@ssw0rd!!!!");

        assertThat(weak.statusCode()).isEqualTo(400);
        assertThat(weak.asString()).contains("among the most common ones");
        assertThat(person.hasPassword(TestWorld.PASSWORD)).isTrue();
    }

    @Test
    @DisplayName("CR-009: a hash of older parameters is made anew at the next sign-in")
    void upgradesOldHashes() {
        var accounts = SERVER.bean(Accounts.class);
        var older = new Argon2PasswordEncoder(16, 32, 1, 8 * 1024, 1).encode(TestWorld.PASSWORD);
        JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("UPDATE account SET password_hash = ? WHERE username = ?")
                .params(older, person.username())
                .update();

        assertThat(person.hasPassword(TestWorld.PASSWORD)).isTrue();

        assertThat(accounts.passwordHash(person.username()).orElseThrow())
                .isNotEqualTo(older)
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(person.hasPassword(TestWorld.PASSWORD)).isTrue();
    }

    @Test
    @DisplayName("CR-009: what comes after the 72nd byte counts")
    void comparesLongPasswordsWhole() {
        var head = "Xk9#mQ2$vLp7 grape ".repeat(5).substring(0, 90);

        change(TestWorld.PASSWORD, head + "-a", head + "-a");

        assertThat(person.hasPassword(head + "-b")).isFalse();
        assertThat(person.hasPassword(head + "-a")).isTrue();
    }
}
