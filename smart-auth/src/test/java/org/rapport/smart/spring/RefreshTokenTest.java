package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

class RefreshTokenTest {

    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 3;
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
    void endsItsFamilyWhenUsedASecondTime() {
        var first = tokens(TestWorld.ALICE).getString("refresh_token");
        var second = refresh(SERVER.url(), first).jsonPath();

        assertInvalidGrant(refresh(SERVER.url(), first));

        assertInvalidGrant(refresh(SERVER.url(), second.getString("refresh_token")));
        assertThat(CodeRedemptionTest.isActive(second.getString("access_token")))
                .isFalse();
    }

    @Test
    void worksOnceOfManyTimesAtOnceOnTwoInstances() {
        try (var other = SERVER.another()) {
            for (int round = 0; round < ROUNDS; round++) {
                var token = tokens(TestWorld.ALICE).getString("refresh_token");

                var answers = Together.times(
                        20,
                        i -> refresh(i % 2 == 0 ? SERVER.url() : other.url(), token)
                                .statusCode());

                assertThat(answers).containsOnly(200, 400).containsOnlyOnce(200);
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
    }

    @Test
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
