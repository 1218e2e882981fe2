package org.rapport.factor.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.account.Role;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class SecondStepTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final String WRONG = "That is not right. Try again.";

    private final Browser browser = new Browser(SERVER.url());

    private static FactorTestPerson clinician() {
        return FactorTestPerson.with(SERVER, Role.CLINICIAN).withApp();
    }

    private Response code(Response page, String code) {
        return browser.send(page, Map.of("code", code));
    }

    @Test
    void letsInWhoHasTheCodeToo() {
        var person = clinician();

        var account = person.signIn(browser);

        assertThat(account.asString()).contains("You are signed in as P.");
        assertThat(person.audited()).containsExactly("sign-in 200 otp pwd");
    }

    @Test
    void leadsToThePageThatWasWanted() {
        var person = clinician();
        browser.open("/account/factors?here");

        assertThat(person.signIn(browser).asString()).contains("Second factors", "Phone");
    }

    @Test
    @DisplayName("MF-001: the session's id changes at both steps of the sign-in, and the old ones are dead")
    void changesTheSession() {
        var person = clinician();
        var first = given().get(SERVER.url() + "/login");
        var passed = post("/login", first, Map.of("username", person.username(), "password", TestWorld.PASSWORD));
        var before = passed.cookie("rapport");
        var page = given().cookie("rapport", before).get(SERVER.url() + "/login/factor");

        var done = given().redirects()
                .follow(false)
                .cookie("rapport", before)
                .formParam("_csrf", Browser.hidden(page).get("_csrf"))
                .formParam("code", person.code(0))
                .post(SERVER.url() + "/login/factor");

        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.cookie("rapport")).isNotBlank().isNotIn(first.cookie("rapport"), before);
        assertThat(account(done.cookie("rapport")).statusCode()).isEqualTo(200);
        assertThat(account(before).header("Location")).isEqualTo("/login");
        assertThat(account(first.cookie("rapport")).header("Location")).isEqualTo("/login");
    }

    private static Response post(String path, Response page, Map<String, String> typed) {
        var form = given().redirects()
                .follow(false)
                .cookie("rapport", page.cookie("rapport"))
                .formParam("_csrf", Browser.hidden(page).get("_csrf"));
        typed.forEach(form::formParam);
        return form.post(SERVER.url() + path);
    }

    private static Response account(String session) {
        return given().redirects().follow(false).cookie("rapport", session).get(SERVER.url() + "/account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account", "/account/factors", "/account/factors/app", "/login/step-up"})
    @DisplayName("MF-005: after the password alone every page leads to the second step")
    void opensNothingBefore(String path) {
        var passed = clinician().password(browser);
        assertThat(passed.asString()).contains("action=\"/login/factor\"");

        assertThat(browser.open(path).asString()).contains("action=\"/login/factor\"");
    }

    @Test
    @DisplayName("MF-005: after the password alone an application gets no code")
    void givesNoCodeBefore() {
        clinician().password(browser);

        var page = browser.open(AuthorizationCodeFlow.at(SERVER.url()).address());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.asString()).contains("action=\"/login/factor\"");
    }

    @Test
    @DisplayName("MF-006: the code of somebody else lets nobody in")
    void refusesTheFactorOfSomebodyElse() {
        var person = clinician();
        var other = clinician();

        var refused = code(person.password(browser), other.code(0));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.asString()).contains(WRONG);
        assertThat(browser.open("/account").asString()).contains("action=\"/login/factor\"");
        assertThat(person.audited()).containsExactly("sign-in 403 otp");
        assertThat(other.audited()).isEmpty();
    }

    @Test
    @DisplayName("MF-007: a code that was used is refused, and in the words of a wrong one")
    void takesACodeOnce() {
        var person = clinician();
        var code = person.code(0);
        assertThat(code(person.password(browser), code).statusCode()).isEqualTo(200);

        var again = new Browser(SERVER.url());
        var replayed = again.send(person.password(again), Map.of("code", code));
        var wrong = again.send(again.open("/login/factor"), Map.of("code", "000000"));

        assertThat(replayed.statusCode()).isEqualTo(wrong.statusCode()).isEqualTo(401);
        assertThat(withoutToken(replayed)).isEqualTo(withoutToken(wrong)).contains(WRONG);
        assertThat(person.audited())
                .containsExactly("sign-in 200 otp pwd", "sign-in 403 otp replayed", "sign-in 403 otp");
    }

    private static String withoutToken(Response page) {
        return page.asString().replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
    }

    @Test
    void takesTheCodesBeforeAndAfterThreeTimesAtOnce() {
        var person = clinician();

        for (int offset : List.of(1, 0, -1)) {
            var visit = new Browser(SERVER.url());
            assertThat(visit.send(person.password(visit), Map.of("code", person.code(offset)))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("MF-015: five wrong codes hold up one place; elsewhere the owner still comes in")
    void holdsUpWhoGuesses() {
        var person = clinician();
        var page = person.password(browser);
        for (int i = 0; i < 5; i++) {
            assertThat(code(page, "00000" + i).statusCode()).isEqualTo(401);
        }

        var held = code(page, person.code(0));

        assertThat(held.statusCode()).isEqualTo(429);
        assertThat(held.header("Retry-After")).isEqualTo("300");
        assertThat(person.audited()).endsWith("sign-in 403 held").hasSize(6);
    }

    @Test
    @DisplayName("MF-019: a second step from another site is refused with 403, one that is no form with 415")
    void takesItsOwnFormOnly() {
        var person = clinician();
        var page = person.password(browser);

        assertThat(browser.post("/login/factor", Map.of(), Map.of("code", person.code(0)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.text("/login/factor", Browser.hidden(page), "{\"code\":\"" + person.code(0) + "\"}")
                        .statusCode())
                .isEqualTo(415);
        assertThat(browser.open("/account").asString()).contains("action=\"/login/factor\"");
    }

    @Test
    @DisplayName("MF-021: nobody is offered codes by SMS")
    void offersNoMessages() {
        var page = clinician().password(browser);

        assertThat(page.asString()).doesNotContainIgnoringCase("sms");
        assertThat(browser.open("/login/factor/recovery").asString()).doesNotContainIgnoringCase("sms");
    }

    @Test
    @DisplayName("OA-045: a sign-in form of another site is refused, ours answers with 303")
    void answersWithSeeOther() {
        var person = clinician();
        var typed = Map.of("username", person.username(), "password", TestWorld.PASSWORD);
        var page = given().get(SERVER.url() + "/login");

        var answer = post("/login", page, typed);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/login/factor");
        assertThat(given().formParams(typed).post(SERVER.url() + "/login").statusCode())
                .isEqualTo(403);
    }
}
