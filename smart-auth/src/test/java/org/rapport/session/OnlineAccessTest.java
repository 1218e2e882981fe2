package org.rapport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

class OnlineAccessTest {

    private static final TestServer SERVER = TestServer.shared();

    private final SignedInApp app = SignedInApp.online(SERVER, TestWorld.BOB);

    @Test
    void lastsAsLongAsItsUserIsSignedIn() {
        var first = app.refresh(app.tokens().getString("refresh_token"));
        assertThat(first.statusCode()).as(first.asString()).isEqualTo(200);

        assertThat(app.refresh(first.jsonPath().getString("refresh_token")).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName(
            "OA-029: without offline_access no refresh token; online_access after the end of the session is refused")
    void endsWithTheSession() {
        var tokens = app.tokens();
        app.browser().send(app.browser().open("/account"), Map.of());
        SignedInApp.assertRefusedRefresh(SERVER, tokens.getString("refresh_token"));

        var flow = AuthorizationCodeFlow.at(SERVER.url()).with("scope", "openid patient/*.rs");
        assertThat(flow.redeem(flow.code(TestWorld.BOB)).jsonPath().getString("refresh_token"))
                .isNull();
    }

    @Test
    @DisplayName("OA-029: online_access is refused once the session has timed out, though nothing ended it")
    void endsWhenTheSessionTimesOut() {
        var token = app.tokens().getString("refresh_token");
        JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("UPDATE login_session SET expiry_time = 0 WHERE principal_name = 'bob'")
                .update();

        SignedInApp.assertRefusedRefresh(SERVER, token);
    }

    @Test
    @DisplayName("OA-029: online_access is refused twelve hours after the sign-in, however busy the session is")
    void endsTwelveHoursAfterTheSignIn() {
        var token = app.tokens().getString("refresh_token");
        JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("UPDATE login_session SET signed_in_at = signed_in_at - interval '12 hours'"
                        + " WHERE principal_name = 'bob'")
                .update();

        SignedInApp.assertRefusedRefresh(SERVER, token);
    }

    @Test
    void isNotExchangedForACodeOfASessionThatHasEnded() {
        var code = app.code();
        app.browser().send(app.browser().open("/account"), Map.of());

        var answer = app.flow().redeem(code);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"invalid_grant\"}");
    }
}
