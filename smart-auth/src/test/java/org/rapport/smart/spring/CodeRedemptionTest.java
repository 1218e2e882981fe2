package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.restassured.response.Response;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.session.ResourceServer;
import org.rapport.session.SignedInApp;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class CodeRedemptionTest {

    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 200 : 20;
    private static final TestServer SERVER = TestServer.shared();

    private final AuthorizationCodeFlow flow = AuthorizationCodeFlow.at(SERVER.url());

    private static Response redeem(String server, String code, Map<String, String> changes) {
        var form = new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                "http://127.0.0.1:45678/callback",
                "client_id",
                TestWorld.PUBLIC_APP,
                "code_verifier",
                AuthorizationCodeFlow.VERIFIER));
        changes.forEach((name, value) -> {
            form.remove(name);
            if (value != null) {
                form.put(name, value);
            }
        });
        return given().formParams(form).post(server + "/oauth2/token");
    }

    static void assertError(Response answer, String error) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"" + error + "\"}");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    static boolean isActive(String token) {
        var answer = given().auth()
                .preemptive()
                .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                .formParam("token", token)
                .post(SERVER.url() + "/oauth2/introspect");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.jsonPath().getBoolean("active");
    }

    @Nested
    class Gives {

        @DisplayName("OA-039: nonce, at_hash, azp, aud and fhirUser of the ID token")
        @Test
        void aTokenWithTheLaunchContext() throws ParseException {
            var tokens = flow.redeem(flow.with("nonce", "n-0").code(TestWorld.ALICE));

            assertThat(tokens.statusCode()).as(tokens.asString()).isEqualTo(200);
            assertThat(tokens.jsonPath().getString("patient")).isEqualTo("alice");
            var access = SERVER.bean(JwtDecoder.class).decode(tokens.jsonPath().getString("access_token"));
            assertThat(access.getClaims())
                    .containsEntry("fhirUser", "Patient/alice")
                    .containsEntry("patient", "alice")
                    .containsEntry("sub", "alice")
                    .containsEntry("client_id", TestWorld.PUBLIC_APP)
                    .containsEntry("scope", "fhirUser launch/patient offline_access openid patient/*.rs");
            assertThat(access.getClaimAsStringList("roles")).containsExactly("patient");
            assertThat(access.getAudience()).containsExactly(SERVER.url() + "/fhir");
            var id = SignedJWT.parse(tokens.jsonPath().getString("id_token")).getJWTClaimsSet();
            assertThat(id.getStringClaim("fhirUser")).isEqualTo(SERVER.url() + "/fhir/Patient/alice");
            assertThat(id.getAudience()).containsExactly(TestWorld.PUBLIC_APP);
            assertThat(id.getStringClaim("azp")).isEqualTo(TestWorld.PUBLIC_APP);
            assertThat(id.getStringClaim("at_hash")).isEqualTo(TokenHash.leftHalf(access.getTokenValue()));
            assertThat(id.getStringClaim("nonce")).isEqualTo("n-0");
        }

        @Test
        void aTokenToAClientWithASecret() {
            var web = flow.with("client_id", TestWorld.WEB_APP)
                    .with("redirect_uri", TestWorld.WEB_REDIRECT)
                    .with("nonce", "n-1");
            var tokens = given().auth()
                    .preemptive()
                    .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                    .formParam("grant_type", "authorization_code")
                    .formParam("code", web.code(TestWorld.ALICE))
                    .formParam("redirect_uri", TestWorld.WEB_REDIRECT)
                    .formParam("code_verifier", AuthorizationCodeFlow.VERIFIER)
                    .post(SERVER.url() + "/oauth2/token");

            assertThat(tokens.statusCode()).as(tokens.asString()).isEqualTo(200);
            var introspection = given().auth()
                    .preemptive()
                    .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                    .formParam("token", tokens.jsonPath().getString("access_token"))
                    .post(SERVER.url() + "/oauth2/introspect")
                    .jsonPath();
            assertThat(introspection.getBoolean("active")).isTrue();
            assertThat(introspection.getString("patient")).isEqualTo("alice");
            assertThat(introspection.getString("client_id")).isEqualTo(TestWorld.WEB_APP);
        }

        @Test
        void aStaffMemberNoPatient() {
            var staff = flow.with("scope", "openid fhirUser user/*.rs");
            var tokens = staff.redeem(staff.code(TestWorld.DOCTOR)).jsonPath();

            assertThat(tokens.getString("patient")).isNull();
            assertThat(SERVER.bean(JwtDecoder.class)
                            .decode(tokens.getString("access_token"))
                            .getClaims())
                    .containsEntry("fhirUser", "Practitioner/dr-adams")
                    .doesNotContainKey("patient");
        }
    }

    @Nested
    class Refuses {

        @DisplayName("OA-013, OA-015: another redirect, or a code injected into another session")
        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {
                    "code_verifier, wrong-verifier-wrong-verifier-wrong-verifier",
                    "redirect_uri, http://127.0.0.1:45679/callback",
                    "redirect_uri, -",
                    "code, invented"
                })
        void aChangedOne(String name, String value) {
            var changes = new HashMap<String, String>();
            changes.put(name, value);

            assertError(redeem(SERVER.url(), flow.code(TestWorld.ALICE), changes), "invalid_grant");
        }

        @Test
        @DisplayName("OA-007: a challenge at the request and no verifier for the code")
        void oneWithoutVerifier() {
            var changes = new HashMap<String, String>();
            changes.put("code_verifier", null);

            assertError(redeem(SERVER.url(), flow.code(TestWorld.ALICE), changes), "invalid_grant");
        }

        @Test
        @DisplayName("OA-007: a token of some kind does not stand in for the verifier")
        void oneWithoutVerifierBesideARefreshToken() {
            var changes = new HashMap<String, String>();
            changes.put("code_verifier", null);
            changes.put("refresh_token", "anything");

            assertError(redeem(SERVER.url(), flow.code(TestWorld.ALICE), changes), "invalid_grant");
        }

        @Test
        @DisplayName("OA-007: a confidential client without its verifier")
        void oneWithoutVerifierOfAClientWithASecret() {
            var code = flow.with("client_id", TestWorld.WEB_APP)
                    .with("redirect_uri", TestWorld.WEB_REDIRECT)
                    .code(TestWorld.ALICE);

            assertError(
                    given().auth()
                            .preemptive()
                            .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                            .formParam("grant_type", "authorization_code")
                            .formParam("code", code)
                            .formParam("redirect_uri", TestWorld.WEB_REDIRECT)
                            .post(SERVER.url() + "/oauth2/token"),
                    "invalid_grant");
        }

        @Test
        @DisplayName("OA-011: a code of another client, which is dead then")
        void aCodeOfAnotherClientWhichIsDeadThen() {
            var code = flow.code(TestWorld.ALICE);
            var stolen = given().auth()
                    .preemptive()
                    .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                    .formParam("grant_type", "authorization_code")
                    .formParam("code", code)
                    .formParam("redirect_uri", "http://127.0.0.1:45678/callback")
                    .formParam("code_verifier", AuthorizationCodeFlow.VERIFIER)
                    .post(SERVER.url() + "/oauth2/token");

            assertError(stolen, "invalid_grant");
            assertError(flow.redeem(code), "invalid_grant");
        }

        @Test
        @DisplayName("OA-012: a code older than 60 seconds")
        void aCodeOlderThanAMinute() {
            var code = flow.code(TestWorld.ALICE);
            var lifetime = JdbcClient.create(SERVER.bean(DataSource.class))
                    .sql("""
                            UPDATE oauth2_authorization
                            SET authorization_code_issued_at = authorization_code_issued_at - interval '61 seconds',
                                authorization_code_expires_at = authorization_code_expires_at - interval '61 seconds'
                            WHERE authorization_code_value = ?
                            RETURNING extract(epoch FROM
                                authorization_code_expires_at - authorization_code_issued_at)::int""")
                    .param(TokenHash.of(code))
                    .query(Integer.class)
                    .single();

            assertThat(lifetime).isEqualTo(60);
            assertError(flow.redeem(code), "invalid_grant");
        }

        @Test
        @DisplayName("OA-009: a replay, and everything the code gave is dead")
        void aReplayAndRevokesWhatTheCodeGave() {
            var code = flow.code(TestWorld.ALICE);
            var tokens = flow.redeem(code).jsonPath();
            ResourceServer.assertTakes(SERVER, tokens.getString("access_token"));
            assertThat(isActive(tokens.getString("access_token"))).isTrue();

            assertError(flow.redeem(code), "invalid_grant");

            assertThat(isActive(tokens.getString("access_token"))).isFalse();
            assertThat(isActive(tokens.getString("refresh_token"))).isFalse();
            ResourceServer.assertRefusesWithinASecond(SERVER, tokens.getString("access_token"));
        }

        @Test
        @DisplayName("OA-010: 50 parallel redemptions on two instances give at most one token, dead after detection")
        void allButOneOfManyAtOnceOnTwoInstances() {
            var app = SignedInApp.offline(SERVER, TestWorld.ALICE);
            try (var other = SERVER.another()) {
                for (int round = 0; round < ROUNDS; round++) {
                    var code = app.code();

                    var answers =
                            Together.times(50, i -> redeem(i % 2 == 0 ? SERVER.url() : other.url(), code, Map.of()));

                    assertThat(answers).extracting(Response::statusCode).containsOnly(200, 400);
                    var winners = answers.stream()
                            .filter(answer -> answer.statusCode() == 200)
                            .toList();
                    assertThat(winners).hasSize(1);
                    var won = winners.get(0).jsonPath();
                    assertThat(isActive(won.getString("access_token"))).isFalse();
                    SignedInApp.assertRefusedRefresh(other, won.getString("refresh_token"));
                    if (round == 0) {
                        ResourceServer.assertRefusesWithinASecond(SERVER, won.getString("access_token"));
                        ResourceServer.assertRefusesWithinASecond(other, won.getString("access_token"));
                    }
                }
            }
        }
    }

    @Test
    void leavesNoTokenInTheDatabase() {
        var code = flow.code(TestWorld.ALICE);
        var tokens = flow.redeem(code).jsonPath();
        var stored = JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT string_agg(o::text, ' ') FROM oauth2_authorization o")
                .query(String.class)
                .single();

        assertThat(stored)
                .contains(TokenHash.of(code))
                .doesNotContain(
                        code,
                        tokens.getString("access_token"),
                        tokens.getString("refresh_token"),
                        tokens.getString("id_token"),
                        TestWorld.PASSWORD);
    }
}
