package org.rapport.product;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rapport.factor.Totp;
import org.rapport.factor.TotpSecret;
import org.rapport.harness.DemoCredentials;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Server;

/** Somebody of the demo world with one browser, signed in at the server's pages and in the public app. */
final class PersonInBrowser {

    private static final Pattern ACTION = Pattern.compile("<form [^>]*action=\"([^\"]*)\"");
    private static final Pattern SENT = Pattern.compile("<input type=\"(?:hidden|checkbox)\"([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
    private static final String VERIFIER = "verifier-dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private final Server server;
    private final Clock clock;
    private final JsonNode person;
    private final String redirect;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    PersonInBrowser(Server server, Clock clock, String username) {
        var demo = DemoCredentials.of(server.plan().dataDirectory());
        this.server = server;
        this.clock = clock;
        this.person = demo.user(username);
        this.redirect = demo.client("demo-app").path("redirectUris").path(0).asText();
    }

    /** Signs in with the password and, where the account has one, the app for one-time codes. */
    PersonInBrowser signIn() {
        var page = submit(get("/login"), Map.of("username", text("username"), "password", text("password")));
        var steps = new Totp(clock).steps().stream().sorted().toList();
        for (int tried = 0; tried < steps.size() && page.body().contains("action=\"/login/factor\""); tried++) {
            page = submit(page, Map.of("code", Totp.code(TotpSecret.ofBase32(text("totpSecret")), steps.get(tried))));
        }
        if (get("/account").body().contains("name=\"password\"")) {
            throw new IllegalStateException("Not signed in: " + page.body());
        }
        return this;
    }

    /** The access token of the app for what the person works with, given in this browser's session. */
    String token() {
        return token("openid fhirUser user/*.cruds online_access");
    }

    /** The same for the own record. */
    String patientToken() {
        return token("openid fhirUser launch/patient patient/*.rs");
    }

    private String token(String scope) {
        var answer = get("/oauth2/authorize?"
                + form(List.of(
                        Map.entry("response_type", "code"),
                        Map.entry("client_id", "demo-app"),
                        Map.entry("redirect_uri", redirect),
                        Map.entry("scope", scope),
                        Map.entry("state", "s"),
                        Map.entry("aud", server.origin() + "/fhir"),
                        Map.entry("code_challenge", challenge()),
                        Map.entry("code_challenge_method", "S256"))));
        if (answer.statusCode() == 200) {
            answer = submit(answer, Map.of());
        }
        var code = answer.headers().firstValue("Location").orElseThrow().replaceAll(".*[?&]code=([^&]+).*", "$1");
        return FhirSession.json(send(
                        "/oauth2/token",
                        List.of(
                                Map.entry("grant_type", "authorization_code"),
                                Map.entry("code", code),
                                Map.entry("redirect_uri", redirect),
                                Map.entry("client_id", "demo-app"),
                                Map.entry("code_verifier", VERIFIER))))
                .path("access_token")
                .asText();
    }

    /** Declares an emergency and has the app fetch its token. */
    FhirSession breakGlass(String patient) {
        var declared = declare(patient);
        if (declared.statusCode() != 200) {
            throw new AssertionError(declared.statusCode() + declared.body());
        }
        var emergency = FhirSession.json(exchange(token(), patient))
                .path("access_token")
                .asText();
        return server.sessionWith(() -> emergency);
    }

    /** Declares an emergency on the page. */
    HttpResponse<String> declare(String patient) {
        var token = hidden(get("/account")).stream()
                .filter(field -> field.getKey().equals("_csrf"))
                .toList();
        var fields = new ArrayList<>(token);
        fields.add(Map.entry("patient", patient));
        fields.add(Map.entry("reason", "unconscious"));
        fields.add(Map.entry("explanation", "Found on the street, does not answer."));
        return follow(send("/break-glass", fields));
    }

    /** Exchanges the access token of the app. */
    HttpResponse<String> exchange(String token, String patient) {
        return send(
                "/oauth2/token",
                List.of(
                        Map.entry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
                        Map.entry("subject_token", token),
                        Map.entry("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
                        Map.entry("resource", server.origin() + "/fhir/Patient/" + patient),
                        Map.entry("client_id", "demo-app")));
    }

    /** Makes this the mail address of the account; whoever calls opens the link that is mailed. */
    void giveAddress(String address) {
        submitTo("/account/email", get("/account/email"), Map.of("address", address, "old", text("password")));
    }

    HttpResponse<String> get(String path) {
        return follow(send(HttpRequest.newBuilder(server.origin().resolve(path)).GET()));
    }

    /** Sends the first form of a page. */
    HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> typed) {
        var action = ACTION.matcher(page.body());
        if (!action.find()) {
            throw new IllegalStateException("No form: " + page.statusCode() + ' ' + page.body());
        }
        return submitTo(action.group(1), page, typed);
    }

    private HttpResponse<String> submitTo(String path, HttpResponse<String> page, Map<String, String> typed) {
        var fields = new ArrayList<>(hidden(page));
        fields.addAll(typed.entrySet());
        return follow(send(path, fields));
    }

    private static List<Map.Entry<String, String>> hidden(HttpResponse<String> page) {
        return SENT.matcher(page.body().split("</form>", 2)[0])
                .results()
                .map(input -> ATTRIBUTE
                        .matcher(input.group(1))
                        .results()
                        .collect(Collectors.toMap(
                                one -> one.group(1), one -> one.group(2).replace("&amp;", "&"))))
                .map(input -> Map.entry(input.getOrDefault("name", ""), input.getOrDefault("value", "")))
                .toList();
    }

    /** Follows redirects as long as they stay on the server. */
    private HttpResponse<String> follow(HttpResponse<String> first) {
        var answer = first;
        for (int hops = 0; hops < 10 && staysHere(answer); hops++) {
            var next =
                    answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
            answer = send(HttpRequest.newBuilder(next).GET());
        }
        return answer;
    }

    private boolean staysHere(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .filter(to -> answer.uri().resolve(to).toString().startsWith(server.origin() + "/"))
                .isPresent();
    }

    private HttpResponse<String> send(String path, List<Map.Entry<String, String>> fields) {
        return send(HttpRequest.newBuilder(server.origin().resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String text(String field) {
        return person.path(field).asText();
    }

    private static String form(List<Map.Entry<String, String>> fields) {
        return fields.stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String challenge() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
