package org.rapport.authorize.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

/** The form of the authorization page is taken from the person it was shown to, as it was shown. */
class ConsentFormTest {

    private static final TestServer SERVER = TestServer.shared();

    private static void assertError(Response answer, String error) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(302);
        assertThat(AuthorizationCodeFlow.answered(answer, "error")).hasValue(error);
        assertThat(AuthorizationCodeFlow.answered(answer, "state")).hasValue(AuthorizationCodeFlow.STATE);
        assertThat(AuthorizationCodeFlow.answered(answer, "iss")).hasValue(SERVER.url());
    }

    private static void assertPage(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.header("Location")).isNull();
    }

    @Test
    void isInPlainWordsAndEscaped() {
        var page = toConsent(new Browser(SERVER.url()));

        assertThat(page.asString())
                .contains("Demo &lt;b&gt;App&lt;/b&gt;", "read everything in the record", "know who you are")
                .doesNotContain("<b>App</b>", "??");
    }

    @Test
    void takesANo() {
        var browser = new Browser(SERVER.url());
        var page = toConsent(browser);

        assertError(browser.send(page, Map.of("deny", "true")), "access_denied");
    }

    @DisplayName("OA-041: a form without its token")
    @Test
    void turnsAwayAForgedForm() {
        var browser = new Browser(SERVER.url());
        var fields = Browser.hidden(toConsent(browser));
        fields.remove("_csrf");

        var answer = browser.post("/oauth2/authorize", fields, Map.of());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.header("Location")).isNull();
    }

    @Test
    void turnsAwayAForeignState() {
        var browser = new Browser(SERVER.url());
        var fields = Browser.hidden(toConsent(browser));
        fields.put("state", List.of("invented"));

        assertPage(browser.post("/oauth2/authorize", fields, Map.of()));
    }

    @Test
    void turnsAwayMoreThanWasAsked() {
        var browser = new Browser(SERVER.url());
        var fields = Browser.hidden(toConsent(browser));
        fields.put("scope", List.of("user/*.rs"));

        assertError(browser.post("/oauth2/authorize", fields, Map.of()), "invalid_scope");
    }

    private Response toConsent(Browser browser) {
        var page = browser.open(AuthorizationCodeFlow.at(SERVER.url())
                .with("scope", "openid fhirUser patient/*.rs patient/Condition.c")
                .with("prompt", "consent")
                .with("nonce", UUID.randomUUID().toString())
                .address());
        var next = browser.send(page, Map.of("username", TestWorld.BOB, "password", TestWorld.PASSWORD));
        assertThat(next.asString()).contains("name=\"deny\"");
        return next;
    }
}
