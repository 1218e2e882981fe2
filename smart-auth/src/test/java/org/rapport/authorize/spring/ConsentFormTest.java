package org.rapport.authorize.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.ClientDetails;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
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
    void namesThePageOfTheApplicationWhereItIsOneOverTls() {
        assertThat(of("https://app.example.org/about").asString())
                .contains("says about itself", "href=\"https://app.example.org/about\"");
        assertThat(of("http://app.example.org/about").asString()).doesNotContain("says about itself");
    }

    private static Response of(String about) {
        var clientId = "named-" + UUID.randomUUID();
        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.publicClient(
                                clientId, "Named", Set.of(TestWorld.LOOPBACK_REDIRECT), Set.of("openid"))
                        .with(new ClientDetails(false, Set.of(), about, List.of(), Set.of())));
        return AuthorizationCodeFlow.at(SERVER.url())
                .with("client_id", clientId)
                .with("scope", "openid")
                .ask(new Browser(SERVER.url()), TestWorld.ALICE);
    }

    @Test
    @DisplayName(
            "acr_values is a wish that need not be met (OpenID Connect Core 1.0, 3.1.2.1): no value changes anything")
    void takesAnyWishForAnAuthenticationContext() {
        var flow = AuthorizationCodeFlow.at(SERVER.url()).with("acr_values", "urn:nothing:known phr 7");
        var answer = flow.authorize(new Browser(SERVER.url()), TestWorld.ALICE);

        var tokens = flow.redeem(AuthorizationCodeFlow.answered(answer, "code").orElseThrow());
        assertThat(tokens.statusCode()).isEqualTo(200);
        assertThat(tokens.jsonPath().getString("id_token")).isNotBlank();
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
