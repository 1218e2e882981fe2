package org.rapport.launch.spring;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

/** An EHR with a clinician signed in to it. */
public final class EhrSession {

    private final String server;
    private final String token;

    private EhrSession(String server, String token) {
        this.server = server;
        this.token = token;
    }

    static EhrSession of(TestServer server, String username) {
        return new EhrSession(server.url(), ehrToken(server, username));
    }

    /** The EHR with a token that it has already. */
    public static EhrSession at(TestServer server, String token) {
        return new EhrSession(server.url(), token);
    }

    /** A token that a person gave the EHR. */
    public static String ehrToken(TestServer server, String username) {
        var flow = AuthorizationCodeFlow.at(server.url())
                .with("client_id", TestWorld.EHR)
                .with("redirect_uri", TestWorld.WEB_REDIRECT)
                .with("scope", "openid fhirUser user/*.rs");
        return given().auth()
                .preemptive()
                .basic(TestWorld.EHR, TestWorld.EHR_SECRET)
                .formParam("grant_type", "authorization_code")
                .formParam("code", flow.code(username))
                .formParam("redirect_uri", TestWorld.WEB_REDIRECT)
                .formParam("code_verifier", AuthorizationCodeFlow.VERIFIER)
                .post(server.url() + "/oauth2/token")
                .jsonPath()
                .getString("access_token");
    }

    /** Asks to open the public app with Alice, and with what a test adds. */
    public Response open(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("client_id", TestWorld.PUBLIC_APP, "patient", "alice"));
        body.putAll(more);
        return given().auth()
                .preemptive()
                .oauth2(token)
                .contentType("application/json")
                .body(body)
                .post(server + "/launch/ehr");
    }

    /** A launch value. */
    String launch() {
        return open(Map.of()).jsonPath().getString("launch");
    }
}
