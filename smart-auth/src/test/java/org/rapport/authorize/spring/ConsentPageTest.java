package org.rapport.authorize.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.account.spring.Pages;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The page lets a person decide what an application gets. */
class ConsentPageTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final String SCOPES =
            "openid launch/patient patient/Observation.rs patient/Condition.rs offline_access";
    private static int people;

    private final Browser browser = new Browser(SERVER.url());
    private String person = "";

    @BeforeEach
    void somebodyNew() {
        person = "reader" + people++;
        SERVER.bean(Accounts.class)
                .createIfAbsent(
                        new NewAccount(person, TestWorld.PASSWORD, person, "Patient/" + person, Set.of(Role.PATIENT)));
    }

    private static AuthorizationCodeFlow web(String scope) {
        return AuthorizationCodeFlow.at(SERVER.url())
                .with("client_id", TestWorld.WEB_APP)
                .with("redirect_uri", TestWorld.WEB_REDIRECT)
                .with("scope", scope);
    }

    private Response allowWithout(Response page, String scope) {
        var fields = Browser.hidden(page);
        fields.put(
                "scope",
                fields.getOrDefault("scope", List.of()).stream()
                        .filter(ticked -> !ticked.equals(scope))
                        .toList());
        return browser.post("/oauth2/authorize", fields, Map.of());
    }

    private static JsonPath tokens(Response answer) {
        return given().auth()
                .preemptive()
                .basic(TestWorld.WEB_APP, TestWorld.WEB_SECRET)
                .formParam("grant_type", "authorization_code")
                .formParam(
                        "code", AuthorizationCodeFlow.answered(answer, "code").orElseThrow())
                .formParam("redirect_uri", TestWorld.WEB_REDIRECT)
                .formParam("code_verifier", AuthorizationCodeFlow.VERIFIER)
                .post(SERVER.url() + "/oauth2/token")
                .jsonPath();
    }

    private static List<String> scopes(JsonPath tokens) {
        return List.of(tokens.getString("scope").split(" "));
    }

    @Test
    void saysInPlainWordsWhatTheApplicationGetsAndWhereItIs() {
        var page = web(SCOPES + " user/Slot.rs").ask(browser, person).asString();

        assertThat(page)
                .contains(
                        "Allow Demo Web?",
                        "you go back to Demo Web at app.example.org",
                        "read measurements and findings in the record",
                        "read health problems and diagnoses in the record",
                        "keep its access when you are not there",
                        "know who you are")
                .doesNotContain("??");
    }

    @Test
    @DisplayName("OA-021, OA-023: a scope with a constraint is shown, granted and carried as it is enforced")
    void saysWhatNarrowsAScopeAndGivesItSo() {
        var narrow =
                "patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory";
        var page = web("openid " + narrow).ask(browser, person);
        var tokens = tokens(browser.send(page, Map.of()));

        assertThat(page.asString())
                .contains("read measurements and findings in the record", "only where the category is laboratory");
        assertThat(scopes(tokens)).containsExactlyInAnyOrder("openid", narrow);
        assertThat(SERVER.bean(JwtDecoder.class)
                        .decode(tokens.getString("access_token"))
                        .getClaimAsString("scope"))
                .isEqualTo("openid " + narrow);
        assertThat(scopes(tokens(browser.open(web("openid " + narrow).address()))))
                .contains(narrow);
    }

    @Test
    void namesEachThingThatMayBeDone() {
        assertThat(Wish.of("patient/Observation.cruds").verbs())
                .containsExactly("verb.read", "verb.create", "verb.update", "verb.delete");
        assertThat(Wish.of("user/*.s").verbs()).containsExactly("verb.read");
        assertThat(Wish.of("offline_access").message()).isEqualTo("scope.offline_access");
    }

    @Test
    void hasEverySentenceInEachLanguage() throws IOException {
        var english = messages("messages.properties");

        assertThat(english).contains("consent.allow", "choice.title", "type.Observation", "code.laboratory");
        assertThat(messages("messages_de.properties")).containsAll(english);
    }

    private static Set<String> messages(String file) throws IOException {
        var messages = new Properties();
        try (var text = Pages.class.getResourceAsStream("/org/rapport/account/" + file)) {
            messages.load(Objects.requireNonNull(text));
        }
        return messages.stringPropertyNames();
    }

    @Test
    @DisplayName("OA-019: the scope of the response is what was left ticked")
    void givesExactlyWhatWasLeftTicked() {
        var page = web(SCOPES).ask(browser, person);
        var tokens = tokens(allowWithout(page, "patient/Condition.rs"));

        assertThat(scopes(tokens))
                .containsExactlyInAnyOrder("openid", "launch/patient", "patient/Observation.rs", "offline_access");
        assertThat(tokens.getString("refresh_token")).isNotBlank();
        assertThat(tokens.getString("patient")).isEqualTo(person);
    }

    @Test
    void givesNoRefreshTokenWhenTheTickIsTakenAway() {
        var tokens = tokens(allowWithout(web(SCOPES).ask(browser, person), "offline_access"));

        assertThat(tokens.getString("refresh_token")).isNull();
    }

    @Test
    void doesNotAskAgainWhatWasAllowed() {
        web(SCOPES).authorize(browser, person);

        var answer = browser.open(web(SCOPES).address());

        assertThat(scopes(tokens(answer))).containsExactlyInAnyOrder(SCOPES.split(" "));
    }

    @Test
    void asksAgainForANewScopeAndMarksIt() {
        web("openid patient/Observation.rs").authorize(browser, person);

        var page = browser.open(
                web("openid patient/Observation.rs patient/Condition.rs").address());

        assertThat(page.asString()).contains("(new)");
        assertThat(page.asString().split("\\(new\\)", -1)).hasSize(2);
        assertThat(scopes(tokens(allowWithout(page, "patient/Condition.rs"))))
                .containsExactlyInAnyOrder("openid", "patient/Observation.rs");
    }

    @Test
    void takesBackWhatWasAllowedBefore() {
        web(SCOPES).authorize(browser, person);
        var page = browser.open(web(SCOPES).with("prompt", "consent").address());

        var tokens = tokens(allowWithout(page, "patient/Observation.rs"));

        assertThat(scopes(tokens)).doesNotContain("patient/Observation.rs").contains("patient/Condition.rs");
        assertThat(browser.open(web(SCOPES).address()).asString()).contains("name=\"deny\"");
    }

    @Test
    void asksEachTimeForAnApplicationThatAnyoneOnTheDeviceCouldBe() {
        var app = AuthorizationCodeFlow.at(SERVER.url());
        app.authorize(browser, person);

        assertThat(browser.open(app.address()).asString()).contains("name=\"deny\"", "on this device");
    }

    @Test
    void takesANoToEverythingForANo() {
        var fields = Browser.hidden(web("patient/Observation.rs").ask(browser, person));
        fields.remove("scope");

        assertThat(AuthorizationCodeFlow.answered(browser.post("/oauth2/authorize", fields, Map.of()), "error"))
                .hasValue("access_denied");
    }

    @Test
    @DisplayName("OA-041: the page cannot be framed")
    void cannotBeFramed() {
        var page = web(SCOPES).ask(browser, person);

        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    }

    @Test
    void isNotForSomebodyElse() {
        var state = Browser.hidden(web(SCOPES).ask(browser, person))
                .getOrDefault("state", List.of(""))
                .get(0);
        var other = new Browser(SERVER.url());
        web("openid").authorize(other, TestWorld.BOB);

        var page = other.open("/oauth2/consent?state=" + state);

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.asString()).doesNotContain("Demo Web");
    }

    @Test
    void takesARequestThatWasPosted() {
        var page = browser.post(
                "/oauth2/authorize",
                Map.of(),
                Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        TestWorld.WEB_APP,
                        "redirect_uri",
                        TestWorld.WEB_REDIRECT,
                        "scope",
                        "openid",
                        "state",
                        "s&t=1",
                        "aud",
                        SERVER.url() + "/fhir",
                        "code_challenge",
                        AuthorizationCodeFlow.challenge(AuthorizationCodeFlow.VERIFIER),
                        "code_challenge_method",
                        "S256"));
        var consent = browser.send(page, Map.of("username", person, "password", TestWorld.PASSWORD));
        var answer = browser.send(consent, Map.of());

        assertThat(AuthorizationCodeFlow.answered(answer, "code")).isPresent();
        assertThat(AuthorizationCodeFlow.answered(answer, "state")).hasValue("s&t=1");
    }
}
