package org.rapport.admin.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.LogLines;
import org.rapport.smart.SecondStep;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class AdminSecretsInLogsTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Pattern SHOWN = Pattern.compile("<code class=\"secret\">([^<]+)</code>");

    private final String id = UUID.randomUUID().toString();
    private final String console = "console-" + id;
    private final String boss = "boss-" + id;
    private final List<String> secrets = new ArrayList<>();

    private void create() {
        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.publicClient(
                        console, "Console", Set.of(TestWorld.LOOPBACK_REDIRECT), Set.of("openid", "rapport/admin")));
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(boss, TestWorld.PASSWORD, "Boss", null, Set.of(Role.ADMIN)));
        SERVER.bean(TotpFactors.class).addIfNone(boss, "Phone", TotpSecret.random(new SecureRandom()));
    }

    private String noted(Response answer, String field) {
        assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 201);
        var secret = answer.jsonPath().getString(field);
        secrets.add(secret);
        return secret;
    }

    private void byTheApi() {
        var flow = AuthorizationCodeFlow.at(SERVER.url())
                .with("client_id", console)
                .with("scope", "openid rapport/admin");
        var token = noted(flow.redeem(flow.code(boss)), "access_token");
        noted(
                as(token)
                        .body(Map.of(
                                "clientId",
                                "web-" + id,
                                "type",
                                "confidential",
                                "name",
                                "Web",
                                "redirectUris",
                                List.of(TestWorld.WEB_REDIRECT),
                                "scopes",
                                List.of("openid")))
                        .post(SERVER.url() + "/admin/api/clients"),
                "clientSecret");
        noted(as(token).post(SERVER.url() + "/admin/api/clients/web-" + id + "/secret"), "clientSecret");
        noted(as(token).post(SERVER.url() + "/admin/api/devices/" + id + "/credential"), "password");
        noted(as(token).put(SERVER.url() + "/admin/api/devices/" + id + "/credential"), "password");
        noted(
                as(token)
                        .body(Map.of("displayName", "New", "fhirUser", "Practitioner/n", "roles", List.of("clinician")))
                        .post(SERVER.url() + "/admin/api/people"),
                "code");
        register(noted(
                as(token).body(Map.of("note", id)).post(SERVER.url() + "/admin/api/registration-tokens"), "token"));
    }

    private void register(String initialToken) {
        var registered = as(initialToken)
                .body(Map.of("client_name", "Dynamic " + id, "redirect_uris", List.of(TestWorld.WEB_REDIRECT)))
                .post(SERVER.url() + "/oauth2/register");
        var own = noted(registered, "registration_access_token");
        var secret = noted(registered, "client_secret");
        var client = registered.jsonPath().getString("client_id");
        given().auth()
                .preemptive()
                .basic(client, secret)
                .formParam("token", own)
                .post(SERVER.url() + "/oauth2/introspect");
        assertThat(as(own).get(SERVER.url() + "/oauth2/register/" + client).statusCode())
                .isEqualTo(200);
    }

    private void byThePages() {
        var browser = new Browser(SERVER.url());
        var page = browser.send(browser.open("/login"), Map.of("username", boss, "password", TestWorld.PASSWORD));
        SecondStep.give(browser, SERVER.url(), page, boss);
        var form = Browser.hidden(browser.open("/admin/keys"));
        shown(browser.post(
                "/admin/clients",
                form,
                Map.of(
                        "clientId", "paged-" + id,
                        "type", "confidential",
                        "name", "Paged",
                        "redirectUris", TestWorld.WEB_REDIRECT,
                        "scopes", "openid")));
        shown(browser.post("/admin/clients/paged-" + id + "/secret", form, Map.of()));
        shown(browser.post("/admin/keys/tokens", form, Map.of("note", id)));
        shown(browser.post("/admin/devices", form, Map.of("deviceId", "paged-" + id)));
        secrets.add(browser.session());
    }

    private void shown(Response page) {
        var secret = SHOWN.matcher(page.asString());
        assertThat(secret.find()).as(page.asString()).isTrue();
        secrets.add(secret.group(1));
    }

    private static RequestSpecification as(String bearer) {
        return given().header("Authorization", "Bearer " + bearer).contentType(ContentType.JSON);
    }

    @Test
    void areNeverWrittenAtAnyLevel() {
        create();
        try (var lines = LogLines.all()) {
            byTheApi();
            byThePages();

            assertThat(secrets).hasSizeGreaterThan(12);
            lines.holdNone(secrets);
        }
    }
}
