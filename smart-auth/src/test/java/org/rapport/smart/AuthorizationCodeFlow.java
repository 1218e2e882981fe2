package org.rapport.smart;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The steps of an application and a person from the authorization request to the token. */
public final class AuthorizationCodeFlow {

    public static final String VERIFIER = "CANARY-verifier-dBjftJeZ4CVP-mB92K27uhbUJU1p1r";
    public static final String STATE = "st/a te&1";

    private final String server;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private AuthorizationCodeFlow(String server) {
        this.server = server;
    }

    /** A good request of the public app for the patient's own data. */
    public static AuthorizationCodeFlow at(String server) {
        return new AuthorizationCodeFlow(server)
                .with("response_type", "code")
                .with("client_id", TestWorld.PUBLIC_APP)
                .with("redirect_uri", "http://127.0.0.1:45678/callback")
                .with("scope", "openid fhirUser launch/patient patient/*.rs offline_access")
                .with("state", STATE)
                .with("aud", server + "/fhir")
                .with("code_challenge", challenge(VERIFIER))
                .with("code_challenge_method", "S256");
    }

    public AuthorizationCodeFlow with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    public AuthorizationCodeFlow without(String name) {
        parameters.remove(name);
        return this;
    }

    public String address() {
        return server + "/oauth2/authorize?"
                + parameters.entrySet().stream()
                        .map(part -> part.getKey() + '=' + UriUtils.encode(part.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    /** Signs in and allows everything; the answer is the redirect to the application. */
    public Response authorize(Browser browser, String username) {
        var page = ask(browser, username);
        if (page.statusCode() == 200 && page.asString().contains("name=\"deny\"")) {
            page = browser.send(page, Map.of());
        }
        return page;
    }

    /** Signs in and stops at the first question: which patient, or what is allowed. */
    public Response ask(Browser browser, String username) {
        var page = browser.open(address());
        if (page.statusCode() == 200 && page.asString().contains("name=\"password\"")) {
            page = browser.send(page, Map.of("username", username, "password", TestWorld.PASSWORD));
        }
        return page.statusCode() == 200 && SecondStep.isAskedBy(page)
                ? SecondStep.give(browser, server, page, username)
                : page;
    }

    /** A code for this person. */
    public String code(String username) {
        var answer = authorize(new Browser(server), username);
        return answered(answer, "code")
                .orElseThrow(() -> new IllegalStateException(
                        "No code: " + answer.statusCode() + ' ' + answer.header("Location") + answer.asString()));
    }

    /** One parameter of the redirect to the application. */
    public static Optional<String> answered(Response redirect, String name) {
        var location = redirect.header("Location");
        return Optional.ofNullable(location)
                .map(target -> UriComponentsBuilder.fromUriString(target)
                        .build(true)
                        .getQueryParams()
                        .getFirst(name))
                .map(value -> UriUtils.decode(value, StandardCharsets.UTF_8));
    }

    /** Exchanges a code, with everything right. */
    public Response redeem(String code) {
        return given().formParam("grant_type", "authorization_code")
                .formParam("code", code)
                .formParam("redirect_uri", parameters.get("redirect_uri"))
                .formParam("client_id", parameters.get("client_id"))
                .formParam("code_verifier", VERIFIER)
                .post(server + "/oauth2/token");
    }

    public static String challenge(String verifier) {
        return TokenHash.of(verifier).substring(1);
    }
}
