package org.rapport.session;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

/** The public app in a browser with which somebody stays signed in: each grant costs two requests. */
public final class SignedInApp {

    private final TestServer server;
    private final Browser browser;
    private final String username;
    private final AuthorizationCodeFlow flow;

    private SignedInApp(TestServer server, String username, String scope) {
        this.server = server;
        this.browser = new Browser(server.url());
        this.username = username;
        this.flow = AuthorizationCodeFlow.at(server.url()).with("scope", scope);
    }

    /** An app that may come back for 30 days. */
    public static SignedInApp offline(TestServer server, String username) {
        return new SignedInApp(server, username, "openid fhirUser launch/patient patient/*.rs offline_access");
    }

    /** An app that may come back as long as its user is signed in. */
    public static SignedInApp online(TestServer server, String username) {
        return new SignedInApp(server, username, "openid fhirUser launch/patient patient/*.rs online_access");
    }

    /** What the person does in the browser. */
    public Browser browser() {
        return browser;
    }

    /** What the app does. */
    public AuthorizationCodeFlow flow() {
        return flow;
    }

    /** One more code. */
    public String code() {
        var answer = flow.authorize(browser, username);
        return AuthorizationCodeFlow.answered(answer, "code")
                .orElseThrow(() -> new IllegalStateException(answer.statusCode() + answer.asString()));
    }

    /** The tokens of one more grant. */
    public JsonPath tokens() {
        var answer = flow.redeem(code());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + answer.asString());
        }
        return answer.jsonPath();
    }

    /** Exchanges a refresh token at this server. */
    public Response refresh(String token) {
        return refresh(server, token);
    }

    /** Exchanges a refresh token at some instance. */
    public static Response refresh(TestServer server, String token) {
        return given().formParam("grant_type", "refresh_token")
                .formParam("refresh_token", token)
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(server.url() + "/oauth2/token");
    }

    /** The instance refuses the refresh token with the exact error. */
    public static void assertRefusedRefresh(TestServer server, String token) {
        var answer = refresh(server, token);
        org.assertj.core.api.Assertions.assertThat(answer.statusCode()).isEqualTo(400);
        org.assertj.core.api.Assertions.assertThat(answer.asString()).isEqualTo("{\"error\":\"invalid_grant\"}");
    }
}
