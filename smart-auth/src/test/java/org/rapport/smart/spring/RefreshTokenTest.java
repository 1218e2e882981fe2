package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;
import org.rapport.session.HeldGrant;
import org.rapport.session.ResourceServer;
import org.rapport.session.SignedInApp;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

class RefreshTokenTest {

    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 20;
    private static final TestServer SERVER = TestServer.shared();

    private static JsonPath tokens(String username) {
        var flow = AuthorizationCodeFlow.at(SERVER.url());
        return flow.redeem(flow.code(username)).jsonPath();
    }

    private static Response refresh(String server, String token) {
        return given().formParam("grant_type", "refresh_token")
                .formParam("refresh_token", token)
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(server + "/oauth2/token");
    }

    private static void assertInvalidGrant(Response answer) {
        CodeRedemptionTest.assertError(answer, "invalid_grant");
    }

    @Test
    void isReplacedByEachUse() {
        var first = tokens(TestWorld.ALICE);
        var second = refresh(SERVER.url(), first.getString("refresh_token"));

        assertThat(second.statusCode()).as(second.asString()).isEqualTo(200);
        assertThat(second.jsonPath().getString("patient")).isEqualTo("alice");
        assertThat(second.jsonPath().getString("refresh_token"))
                .isNotBlank()
                .isNotEqualTo(first.getString("refresh_token"));
        assertThat(refresh(SERVER.url(), second.jsonPath().getString("refresh_token"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName(
            "OA-025: a refresh token that comes back ends its family on every instance within a second, with an audit"
                    + " row")
    void endsItsFamilyWhenUsedASecondTime() {
        var first = tokens(TestWorld.ALICE).getString("refresh_token");
        var second = refresh(SERVER.url(), first).jsonPath();
        ResourceServer.assertTakes(SERVER, second.getString("access_token"));
        var before = reuses();

        assertInvalidGrant(refresh(SERVER.url(), first));

        assertInvalidGrant(refresh(SERVER.url(), second.getString("refresh_token")));
        assertThat(CodeRedemptionTest.isActive(second.getString("access_token")))
                .isFalse();
        assertThat(reuses()).isEqualTo(before + 1);
        try (var other = SERVER.another()) {
            ResourceServer.assertRefusesWithinASecond(SERVER, second.getString("access_token"));
            ResourceServer.assertRefusesWithinASecond(other, second.getString("access_token"));
        }
    }

    @Test
    @DisplayName("OA-025: the owner of a copied refresh token is told by mail")
    void tellsItsOwnerWhenItComesBack() {
        SERVER.bean(Accounts.class)
                .createIfAbsent(
                        new NewAccount("copied", TestWorld.PASSWORD, "C", "Patient/copied", Set.of(Role.PATIENT)));
        SERVER.bean(MailAddresses.class).verified("copied", new MailAddress("copied@refresh.example.org"));
        var token = tokens("copied").getString("refresh_token");
        refresh(SERVER.url(), token);

        assertInvalidGrant(refresh(SERVER.url(), token));

        assertThat(TestMails.await("copied@refresh.example.org", "disconnected").text())
                .contains("copied");
    }

    private static long reuses() {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT count(*) FROM audit_log WHERE interaction = 'token-reused'")
                .query(Long.class)
                .single();
    }

    @Test
    @DisplayName("OA-026: of 20 parallel uses on two instances one succeeds, and its family continues")
    void worksOnceOfManyTimesAtOnceOnTwoInstances() {
        var app = SignedInApp.offline(SERVER, TestWorld.ALICE);
        try (var other = SERVER.another()) {
            for (int round = 0; round < ROUNDS; round++) {
                var token = app.tokens().getString("refresh_token");

                var answers = HeldGrant.during(
                        token,
                        20,
                        List.of(SERVER, other),
                        () -> Together.times(20, i -> refresh(i % 2 == 0 ? SERVER.url() : other.url(), token)));

                assertThat(answers)
                        .extracting(Response::statusCode)
                        .containsOnly(200, 400)
                        .containsOnlyOnce(200);
                var next = answers.stream()
                        .filter(answer -> answer.statusCode() == 200)
                        .map(answer -> answer.jsonPath().getString("refresh_token"))
                        .findFirst()
                        .orElseThrow();
                assertThat(refresh(other.url(), next).statusCode())
                        .as("round " + round)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void isNotGivenWithoutOfflineAccess() {
        var flow = AuthorizationCodeFlow.at(SERVER.url()).with("scope", "openid patient/*.rs");

        assertThat(flow.redeem(flow.code(TestWorld.ALICE)).jsonPath().getString("refresh_token"))
                .isNull();
    }

    @Test
    @DisplayName("OA-027: it is worth nothing to another client")
    void isWorthNothingToAnotherClient() {
        var token = tokens(TestWorld.ALICE).getString("refresh_token");

        assertInvalidGrant(given().auth()
                .preemptive()
                .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                .formParam("grant_type", "refresh_token")
                .formParam("refresh_token", token)
                .post(SERVER.url() + "/oauth2/token"));
    }

    @Test
    void givesNoMoreThanBefore() {
        var token = tokens(TestWorld.ALICE).getString("refresh_token");
        var answer = given().formParam("grant_type", "refresh_token")
                .formParam("refresh_token", token)
                .formParam("scope", "patient/*.cruds")
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(SERVER.url() + "/oauth2/token");

        CodeRedemptionTest.assertError(answer, "invalid_scope");
    }

    @Test
    void givesNothingToADisabledAccount() {
        SERVER.bean(Accounts.class)
                .createIfAbsent(
                        new NewAccount("leaver", TestWorld.PASSWORD, "Leaver", "Patient/leaver", Set.of(Role.PATIENT)));
        var token = tokens("leaver").getString("refresh_token");
        JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("UPDATE account SET enabled = false WHERE username = 'leaver'")
                .update();

        assertInvalidGrant(refresh(SERVER.url(), token));
    }

    @Test
    void canBeRevokedByItsOwnPublicClient() {
        var tokens = tokens(TestWorld.ALICE);
        var answer = given().formParam("token", tokens.getString("refresh_token"))
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(SERVER.url() + "/oauth2/revoke");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertInvalidGrant(refresh(SERVER.url(), tokens.getString("refresh_token")));
        assertThat(CodeRedemptionTest.isActive(tokens.getString("access_token")))
                .isFalse();
        ResourceServer.assertRefusesWithinASecond(SERVER, tokens.getString("access_token"));
    }

    @Test
    @DisplayName("OA-047: revocation by another client answers 200 and leaves it alive")
    void survivesTheRevocationByAnotherClient() {
        var token = tokens(TestWorld.ALICE).getString("refresh_token");
        var answer = given().auth()
                .preemptive()
                .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                .formParam("token", token)
                .post(SERVER.url() + "/oauth2/revoke");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(refresh(SERVER.url(), token).statusCode()).isEqualTo(200);
    }
}
