package org.rapport.factor.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.restassured.response.Response;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.account.Role;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class SignInTimeTest {

    private static final TestServer SERVER = TestServer.shared();

    private final Browser browser = new Browser(SERVER.url());

    private static AuthorizationCodeFlow flow() {
        return AuthorizationCodeFlow.at(SERVER.url()).with("scope", "openid fhirUser user/*.rs offline_access");
    }

    private static JWTClaimsSet claims(Response tokens, String token) throws ParseException {
        return SignedJWT.parse(tokens.jsonPath().getString(token)).getJWTClaimsSet();
    }

    @Test
    void standsInTheTokensAndStaysThereAfterARefresh() throws ParseException {
        var before = Instant.now().minusSeconds(1);
        var tokens = flow().redeem(flow().code(TestWorld.DOCTOR));
        var refreshed = given().formParam("grant_type", "refresh_token")
                .formParam("refresh_token", tokens.jsonPath().getString("refresh_token"))
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(SERVER.url() + "/oauth2/token");

        var signedInAt = claims(tokens, "id_token").getDateClaim("auth_time");
        assertThat(signedInAt.toInstant()).isBetween(before, Instant.now());
        for (var answer : new Response[] {tokens, refreshed}) {
            for (var token : new String[] {"access_token", "id_token"}) {
                assertThat(claims(answer, token).getStringListClaim("amr")).containsExactly("mfa", "otp", "pwd");
                assertThat(claims(answer, token).getDateClaim("auth_time")).isEqualTo(signedInAt);
            }
        }
    }

    @Test
    void namesThePasswordAloneWhereItWasAlone() throws ParseException {
        var alice = AuthorizationCodeFlow.at(SERVER.url());

        var tokens = alice.redeem(alice.code(TestWorld.ALICE));

        assertThat(claims(tokens, "access_token").getStringListClaim("amr")).containsExactly("pwd");
    }

    @Test
    void isRefusedToAnApplicationThatWantsNoQuestionsAsked() {
        var answer = browser.open(flow().with("prompt", "none").address());

        assertThat(AuthorizationCodeFlow.answered(answer, "error")).contains("login_required");
        assertThat(AuthorizationCodeFlow.answered(answer, "state")).contains(AuthorizationCodeFlow.STATE);
        assertThat(AuthorizationCodeFlow.answered(answer, "iss")).contains(SERVER.url());
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"prompt, login", "max_age, 60", "max_age, 0"})
    void isRenewedOnceWhenAnApplicationAsks(String parameter, String value) {
        var person = FactorTestPerson.with(SERVER, Role.PATIENT);
        person.password(browser);
        person.growsStale();
        var address = flow().with(parameter, value).address();

        var page = browser.open(address);
        assertThat(page.asString()).contains("name=\"password\"");
        var next = browser.send(page, Map.of("username", person.username(), "password", TestWorld.PASSWORD));

        assertThat(next.asString()).contains("name=\"deny\"");
    }

    @Test
    void isTakenAsItIsWhenItIsRecentEnough() {
        var person = FactorTestPerson.with(SERVER, Role.PATIENT);
        person.password(browser);

        assertThat(browser.open(flow().with("max_age", "60").address()).asString())
                .contains("name=\"deny\"");
    }
}
