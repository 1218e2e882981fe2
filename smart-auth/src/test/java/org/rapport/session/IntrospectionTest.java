package org.rapport.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class IntrospectionTest {

    private static final TestServer SERVER = TestServer.shared();

    private static Response ask(String token) {
        return given().auth()
                .preemptive()
                .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                .formParam("token", token)
                .post(SERVER.url() + "/oauth2/introspect");
    }

    private static void assertInactive(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).isEqualTo("{\"active\":false}");
    }

    @Test
    void tellsOfAnAccessTokenAsLongAsItsGrantLives() {
        var app = SignedInApp.online(SERVER, TestWorld.ALICE);
        var token = app.tokens().getString("access_token");
        var told = ask(token).jsonPath();
        assertThat(told.getBoolean("active")).isTrue();
        assertThat(told.getString("sub")).isEqualTo(TestWorld.ALICE);

        SERVER.bean(Grants.class).end(told.getString("grant_id"));

        assertInactive(ask(token));
    }

    @Test
    void tellsNothingOfOtherTokens() {
        var tokens = SignedInApp.offline(SERVER, TestWorld.ALICE).tokens();

        assertInactive(ask(tokens.getString("refresh_token")));
        assertInactive(ask(tokens.getString("id_token")));
        assertInactive(ask("never-issued"));
    }

    @Test
    void tellsNothingToAClientThatProvesNothing() {
        var token = SignedInApp.online(SERVER, TestWorld.ALICE).tokens().getString("access_token");

        assertThat(given().formParam("token", token)
                        .formParam("client_id", TestWorld.PUBLIC_APP)
                        .formParam("refresh_token", "x")
                        .post(SERVER.url() + "/oauth2/introspect")
                        .statusCode())
                .isEqualTo(401);
        assertThat(given().formParam("token", token)
                        .post(SERVER.url() + "/oauth2/introspect")
                        .statusCode())
                .isEqualTo(401);
    }
}
