package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.session.SignedInApp;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.slf4j.LoggerFactory;

class SecretsInLogsTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final List<String> TALKATIVE =
            List.of("org.rapport", "org.springframework", "com.nimbusds", "com.zaxxer", "org.thymeleaf");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };

    @BeforeEach
    void listen() {
        recorder.setContext(logging);
        recorder.start();
        loggers().forEach(logger -> {
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(recorder);
        });
    }

    @AfterEach
    void stopListening() {
        loggers().forEach(logger -> {
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(recorder);
        });
    }

    private List<Logger> loggers() {
        return TALKATIVE.stream().map(logging::getLogger).toList();
    }

    @Test
    void areNeverWrittenAtAnyLevel() {
        var flow = AuthorizationCodeFlow.at(SERVER.url());
        var code = flow.code(TestWorld.ALICE);
        var tokens = flow.redeem(code).jsonPath();
        flow.redeem(code);
        var assertion = ClientAssertion.rs384(SERVER.url()).serialize();
        var system = ClientAssertion.ask(SERVER.url(), assertion, "system/*.rs").jsonPath();
        ClientAssertion.ask(SERVER.url(), assertion, "system/*.rs");
        var refreshed = given().formParam("grant_type", "refresh_token")
                .formParam("refresh_token", tokens.getString("refresh_token"))
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(SERVER.url() + "/oauth2/token");
        assertThat(refreshed.statusCode()).isIn(200, 400);
        CodeRedemptionTest.isActive(system.getString("access_token"));
        var browser = new Browser(SERVER.url());
        browser.send(browser.open("/login"), Map.of("username", TestWorld.ALICE, "password", "CANARY-wrong-password"));

        var app = SignedInApp.online(SERVER, TestWorld.ALICE);
        var online = app.tokens();
        var next = app.refresh(online.getString("refresh_token")).jsonPath();
        app.refresh(online.getString("refresh_token"));
        var last = app.tokens();
        var page = app.browser().open("/account");
        app.browser()
                .post(
                        "/account/apps/end",
                        Map.of(
                                "_csrf",
                                Objects.requireNonNull(Browser.hidden(page).get("_csrf"))
                                        .subList(0, 1)),
                        Map.of("client", "no-app"));
        app.browser().open("/connect/logout?id_token_hint=" + last.getString("id_token"));
        given().formParam("token", last.getString("refresh_token"))
                .formParam("client_id", TestWorld.PUBLIC_APP)
                .post(SERVER.url() + "/oauth2/revoke");

        assertThat(lines).hasSizeGreaterThan(100);
        assertThat(String.join("\n", lines))
                .doesNotContain("CANARY")
                .doesNotContain(code)
                .doesNotContain(assertion)
                .doesNotContain(secrets(online))
                .doesNotContain(secrets(next))
                .doesNotContain(secrets(last))
                .doesNotContain(tokens.getString("access_token"))
                .doesNotContain(tokens.getString("refresh_token"))
                .doesNotContain(tokens.getString("id_token"))
                .doesNotContain(system.getString("access_token"));
    }

    private static List<String> secrets(JsonPath tokens) {
        return Stream.of("access_token", "refresh_token", "id_token")
                .map(tokens::getString)
                .toList();
    }
}
