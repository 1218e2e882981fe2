package org.rapport.factor.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.rapport.account.Role;
import org.rapport.browser.Chromium;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class PasskeyTest {

    private static final TestServer SERVER = TestServer.sharedWithName();

    private static Chromium chromium;

    private VirtualAuthenticator device;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void giveADevice() {
        device = chromium.withAuthenticator();
    }

    @AfterEach
    void takeItAway() {
        chromium.driver().removeVirtualAuthenticator(device);
        signOut();
    }

    private void password(FactorTestPerson person) {
        chromium.open(SERVER.origin() + "/login");
        chromium.type("username", person.username())
                .type("password", TestWorld.PASSWORD)
                .send("Sign in");
    }

    private void code(FactorTestPerson person, int offset) {
        chromium.type("code", person.code(offset)).send("Go on");
    }

    private void makePasskey() {
        chromium.open(SERVER.origin() + "/account/factors");
        chromium.follow("Add a passkey");
        chromium.type("name", "This browser").press("Make a passkey");
        shows("This browser");
    }

    private static void signOut() {
        chromium.driver().manage().deleteAllCookies();
    }

    private void shows(String text) {
        Awaitility.await().untilAsserted(() -> assertThat(chromium.text()).contains(text));
    }

    @Test
    void isASecondFactorAndASignInOfItsOwn() {
        var person = FactorTestPerson.with(SERVER, Role.CLINICIAN).withApp();
        password(person);
        code(person, 0);
        makePasskey();

        signOut();
        password(person);
        chromium.press("Use a passkey");
        shows("You are signed in as P.");

        signOut();
        chromium.open(SERVER.origin() + "/login");
        chromium.follow("Sign in with a passkey");
        chromium.press("Use a passkey");
        shows("You are signed in as P.");
        assertThat(person.audited())
                .containsExactly(
                        "sign-in 200 otp pwd", "factor-added 200 passkey", "sign-in 200 hwk pwd", "sign-in 200 hwk");
    }

    @Test
    @DisplayName("MF-006: the passkey of somebody else lets nobody in, and both are recorded")
    void refusesThePasskeyOfSomebodyElse() {
        var other = FactorTestPerson.with(SERVER, Role.PATIENT);
        password(other);
        makeFirstPasskey();
        var person = FactorTestPerson.with(SERVER, Role.PATIENT);
        signOut();
        password(person);
        makeFirstPasskey();
        signOut();

        password(person);
        chromium.driver().executeScript("""
            const form = document.querySelector('form[data-passkey]');
            const options = JSON.parse(form.dataset.options);
            options.allowCredentials = [%s];
            form.dataset.options = JSON.stringify(options);\
            """.formatted(descriptor(other)));
        chromium.press("Use a passkey");

        shows("That is not right. Try again.");
        assertThat(person.audited()).last().isEqualTo("sign-in 403 hwk");
        assertThat(other.audited()).last().isEqualTo("sign-in 403 hwk in the sign-in of another");
        chromium.open(SERVER.origin() + "/account");
        assertThat(chromium.path()).isEqualTo("/login/factor");
    }

    private void makeFirstPasskey() {
        chromium.open(SERVER.origin() + "/account/factors/passkey");
        chromium.type("name", "This browser").press("Make a passkey");
        shows("I have kept them");
    }

    private static String descriptor(FactorTestPerson person) {
        return person.database()
                .sql("""
                    SELECT translate(encode(p.credential_id, 'base64'), E'+/=\\n', '-_') FROM passkey p
                    JOIN account_factor f ON f.id = p.factor_id WHERE f.username = ?\
                    """)
                .param(person.username())
                .query((row, number) -> "{\"type\":\"public-key\",\"id\":\"" + row.getString(1) + "\"}")
                .single();
    }

    @Test
    void runsItsScriptOnItsOwnPagesOnly() {
        var page = given().get(SERVER.origin() + "/login/passkey");

        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(given().get(SERVER.origin() + "/login").header("Content-Security-Policy"))
                .doesNotContain("script-src");
        assertThat(page.asString())
                .doesNotContainPattern("<script(?![^>]*src=)")
                .contains("<script src=");
    }

    @Test
    void isOfferedAfterAWrongPasswordToo() {
        var browser = new Browser(SERVER.origin());

        var again = browser.send(browser.open("/login"), Map.of("username", "nobody", "password", "wrong"));

        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.asString()).contains("href=\"/login/passkey\"");
    }

    @Test
    void isNotOfferedAtAnAddress() {
        var elsewhere = TestServer.shared().url();

        assertThat(given().get(elsewhere + "/login").asString()).doesNotContain("passkey");
        assertThat(given().get(elsewhere + "/login/passkey").statusCode()).isEqualTo(404);
    }

    @Test
    void takesAnAnswerOnce() {
        var person = FactorTestPerson.with(SERVER, Role.PATIENT);
        password(person);
        makeFirstPasskey();
        signOut();
        chromium.open(SERVER.origin() + "/login/passkey");
        chromium.driver().executeScript("HTMLFormElement.prototype.submit = function () { document.title = 'held'; }");
        chromium.press("Use a passkey");
        Awaitility.await().until(() -> "held".equals(chromium.driver().getTitle()));
        var form = chromium.driver().findElement(By.cssSelector("form[data-passkey]"));
        var answer = String.valueOf(form.findElement(By.name("passkey")).getDomProperty("value"));
        var token = String.valueOf(form.findElement(By.name("_csrf")).getDomProperty("value"));
        var session = Objects.requireNonNull(chromium.driver().manage().getCookieNamed("rapport"))
                .getValue();

        var first = post(session, token, answer);
        var second = post(session, token, answer);

        assertThat(first).isEqualTo(303);
        assertThat(second).isNotEqualTo(303);
    }

    private static int post(String session, String token, String answer) {
        return given().redirects()
                .follow(false)
                .cookie("rapport", session)
                .formParam("_csrf", token)
                .formParam("passkey", answer)
                .post(SERVER.origin() + "/login/passkey")
                .statusCode();
    }
}
