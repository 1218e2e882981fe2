package org.rapport.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Signs a person in to an app through the real pages: authorization code with PKCE, the login form, the second step, the
 * choice of a patient, of whom the first is taken, and the consent page.
 *
 * @param http keeps the cookies of this one visit
 * @param demo where passwords are
 * @param clock by which one-time codes are computed
 */
record PersonSignIn(Http http, DemoFile demo, Clock clock) {

    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final Pattern ERROR = Pattern.compile("[?&]error=([^&]+)");
    private static final int MOST_PAGES = 10;

    String accessToken(JsonNode client, JsonNode user, String scope) {
        String redirect = client.path("redirectUris").path(0).asText();
        String verifier = random();
        String code = code(authorizeAddress(client, scope, redirect, verifier), redirect, user);
        var form = new ArrayList<>(List.of(
                Map.entry("grant_type", "authorization_code"),
                Map.entry("code", code),
                Map.entry("redirect_uri", redirect),
                Map.entry("code_verifier", verifier)));
        Map<String, String> headers = Map.of();
        if (client.hasNonNull("clientSecret")) {
            headers = Map.of("Authorization", basic(client));
        } else {
            form.add(Map.entry("client_id", client.path("clientId").asText()));
        }
        return TokenAnswer.accessToken(http.post(URI.create(demo.issuer() + "/oauth2/token"), form, headers));
    }

    private URI authorizeAddress(JsonNode client, String scope, String redirect, String verifier) {
        return URI.create(demo.issuer() + "/oauth2/authorize?"
                + Http.encode(List.of(
                        Map.entry("response_type", "code"),
                        Map.entry("client_id", client.path("clientId").asText()),
                        Map.entry("redirect_uri", redirect),
                        Map.entry("scope", scope),
                        Map.entry("state", random()),
                        Map.entry("aud", demo.fhirBase()),
                        Map.entry("code_challenge", challenge(verifier)),
                        Map.entry("code_challenge_method", "S256"))));
    }

    /** Follows redirects and fills in the forms until the app's own address comes with a code. */
    private String code(URI start, String redirect, JsonNode user) {
        URI at = start;
        HttpResponse<String> answer = http.get(at);
        for (int page = 0; page < MOST_PAGES; page++) {
            if (answer.statusCode() == 200) {
                answer = submit(answer, at, user);
            }
            at = at.resolve(location(answer));
            if (at.toString().startsWith(redirect)) {
                return codeIn(at.toString());
            }
            answer = http.get(at);
        }
        throw new CommandFailure("The sign-in did not end within " + MOST_PAGES + " pages.");
    }

    private HttpResponse<String> submit(HttpResponse<String> page, URI at, JsonNode user) {
        var form = new ArrayList<>(HtmlForm.hiddenFields(page.body()));
        if (at.getPath().equals("/login")) {
            if (at.getQuery() != null) {
                throw new CommandFailure("The server does not accept the password of that user.");
            }
            form.add(Map.entry("username", user.path("username").asText()));
            form.add(Map.entry("password", user.path("password").asText()));
            return http.post(at, form, Map.of());
        }
        if (at.getPath().equals("/login/factor")) {
            return new SecondStep(http, clock)
                    .give(at, form, user.path("totpSecret").asText());
        }
        var patient = HtmlForm.firstChoice(page.body(), "patient");
        if (patient.isPresent()) {
            form.add(Map.entry("patient", patient.get()));
            var asked = http.post(URI.create(demo.issuer() + at.getPath()), form, Map.of());
            form = new ArrayList<>(HtmlForm.hiddenFields(asked.body()));
        }
        return http.post(URI.create(demo.issuer() + "/oauth2/authorize"), form, Map.of());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() ->
                        new CommandFailure("The server refused the sign-in with status " + answer.statusCode() + "."));
    }

    private static String codeIn(String address) {
        var error = ERROR.matcher(address);
        if (error.find()) {
            throw new CommandFailure("The server refused the sign-in: " + error.group(1) + ".");
        }
        var code = CODE.matcher(address);
        if (!code.find()) {
            throw new CommandFailure("The server sent no authorization code.");
        }
        return code.group(1);
    }

    private static String basic(JsonNode client) {
        String pair = client.path("clientId").asText() + ":"
                + client.path("clientSecret").asText();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
