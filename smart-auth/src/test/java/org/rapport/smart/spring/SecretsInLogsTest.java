package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rapport.session.SignedInApp;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.LogLines;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class SecretsInLogsTest {

    private static final TestServer SERVER = TestServer.shared();

    private final List<String> secrets = new ArrayList<>(List.of("CANARY"));

    private void note(JsonPath tokens) {
        Stream.of("access_token", "refresh_token", "id_token")
                .map(tokens::getString)
                .filter(Objects::nonNull)
                .forEach(secrets::add);
    }

    private void appsOfAPerson() {
        var flow = AuthorizationCodeFlow.at(SERVER.url());
        var code = flow.code(TestWorld.ALICE);
        secrets.add(code);
        var tokens = flow.redeem(code).jsonPath();
        note(tokens);
        flow.redeem(code);
        var refreshed = given().formParam("grant_type", "refresh_token")
                .formParam("refresh_token", tokens.getString("refresh_token"))
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(SERVER.url() + "/oauth2/token");
        assertThat(refreshed.statusCode()).isIn(200, 400);
    }

    private void services() {
        var assertion = ClientAssertion.rs384(SERVER.url()).serialize();
        secrets.add(assertion);
        var system = ClientAssertion.ask(SERVER.url(), assertion, "system/*.rs").jsonPath();
        note(system);
        ClientAssertion.ask(SERVER.url(), assertion, "system/*.rs");
        CodeRedemptionTest.isActive(system.getString("access_token"));
    }

    private void signingOut() {
        var app = SignedInApp.online(SERVER, TestWorld.ALICE);
        var online = app.tokens();
        note(online);
        note(app.refresh(online.getString("refresh_token")).jsonPath());
        app.refresh(online.getString("refresh_token"));
        var last = app.tokens();
        note(last);
        var page = app.browser().open("/account");
        var token = Objects.requireNonNull(Browser.hidden(page).get("_csrf"));
        app.browser().post("/account/apps/end", Map.of("_csrf", token.subList(0, 1)), Map.of("client", "no-app"));
        secrets.add(app.browser().session());
        app.browser().open("/connect/logout?id_token_hint=" + last.getString("id_token"));
        given().formParam("token", last.getString("refresh_token"))
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(SERVER.url() + "/oauth2/revoke");
    }

    @Test
    void areNeverWrittenAtAnyLevel() {
        try (var lines = LogLines.all()) {
            appsOfAPerson();
            services();
            var browser = new Browser(SERVER.url());
            browser.send(
                    browser.open("/login"), Map.of("username", TestWorld.ALICE, "password", "CANARY-wrong-password"));
            signingOut();

            assertThat(secrets).hasSizeGreaterThan(10);
            lines.holdNone(secrets);
        }
    }

    @Test
    void areLookedForInEveryLogAtEveryLevel() {
        try (var lines = LogLines.all()) {
            new Browser(SERVER.url()).open("/login");
            Logger.getLogger("canary.jdk").finest("as Tomcat and the database driver do");

            assertThat(List.of(
                            "canary.jdk", "org.springframework.jdbc", "org.springframework.session", "org.thymeleaf"))
                    .allMatch(lines::hasLinesOf);
        }
    }
}
