package org.rapport.factor.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Role;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;
import org.rapport.factor.Factors;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.Browser;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class FactorSettingsTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Pattern KEY = Pattern.compile("<p class=\"secret\"><code>([A-Z2-7 ]+)</code>");
    private static final Pattern CODE = Pattern.compile("<li><code>([A-Z0-9-]{29})</code></li>");

    private final Browser browser = new Browser(SERVER.url());

    private static TotpSecret shown(Response page) {
        var key = KEY.matcher(page.asString());
        assertThat(key.find()).isTrue();
        return TotpSecret.ofBase32(key.group(1));
    }

    private static List<String> codes(Response page) {
        return CODE.matcher(page.asString())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String id(FactorTestPerson person) {
        return SERVER.bean(Factors.class).of(person.username()).get(0).id().toString();
    }

    private Response post(String path, Map<String, String> typed) {
        return browser.post(path, Browser.hidden(browser.open("/account/factors")), typed);
    }

    @Test
    void leadStaffToTheirFirstFactorBeforeTheyAreSignedIn() {
        var person = FactorTestPerson.with(SERVER, Role.ADMIN);

        var enrolment = person.password(browser);
        assertThat(enrolment.asString())
                .contains("Your role needs a second factor", "<svg class=\"qr\"", "otpauth://totp/");
        assertThat(browser.open("/account").asString()).contains("action=\"/login/enrol\"");
        var secret = shown(enrolment);
        var wrong = browser.send(enrolment, Map.of("name", "Phone", "code", "000000"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(shown(wrong).base32()).isEqualTo(secret.base32());
        var done = browser.send(wrong, Map.of("name", "Phone", "code", FactorTestPerson.code(secret, 0)));

        assertThat(codes(done)).hasSize(10).doesNotHaveDuplicates();
        assertThat(browser.open("/account").asString()).contains("You are signed in as P.");
        assertThat(person.audited()).containsExactly("factor-added 200 totp", "sign-in 200 otp pwd");
        assertThat(browser.open("/account/factors").asString()).contains("Phone", "Codes not used yet: 10");
    }

    @Test
    void areOfferedToPatientsAndNotForced() {
        var person = FactorTestPerson.with(SERVER, Role.PATIENT);
        assertThat(person.password(browser).asString()).contains("You are signed in as P.");

        var page = browser.open("/account/factors/app");
        var secret = shown(page);
        var done = browser.send(page, Map.of("name", "Phone", "code", FactorTestPerson.code(secret, 0)));

        assertThat(codes(done)).hasSize(10);
        var next = new Browser(SERVER.url());
        var factor = person.password(next);
        assertThat(factor.asString()).contains("action=\"/login/factor\"");
        assertThat(next.send(factor, Map.of("recovery", codes(done).get(3))).asString())
                .contains("You are signed in as P.");
    }

    @Test
    void giveNewRecoveryCodesForTheOld() {
        var person = FactorTestPerson.with(SERVER, Role.CLERK).withApp();
        var old = person.withRecoveryCodes();
        person.signIn(browser);

        var codes = codes(post("/account/factors/recovery-codes", Map.of()));

        assertThat(codes).hasSize(10).doesNotContainAnyElementsOf(old);
        var next = new Browser(SERVER.url());
        var page = person.password(next);
        assertThat(next.send(page, Map.of("recovery", old.get(0))).statusCode()).isEqualTo(401);
        assertThat(next.send(page, Map.of("recovery", codes.get(0))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void areRenamedAndRemovedButForTheLastOfTheStaff() {
        var person = FactorTestPerson.with(SERVER, Role.CLERK).withApp();
        person.signIn(browser);
        post("/account/factors/rename", Map.of("id", id(person), "name", "<b>Old</b> phone"));
        assertThat(browser.open("/account/factors").asString()).contains("&lt;b&gt;Old&lt;/b&gt; phone");

        var kept = post("/account/factors/remove", Map.of("id", id(person)));
        assertThat(kept.statusCode()).isEqualTo(409);
        assertThat(kept.asString()).contains("your role needs at least one factor");

        person.withApp();
        assertThat(post("/account/factors/remove", Map.of("id", id(person))).statusCode())
                .isEqualTo(200);
        assertThat(SERVER.bean(Factors.class).of(person.username())).hasSize(1);
        assertThat(person.audited()).contains("factor-removed 200 totp");
    }

    @Test
    void leaveTheFactorsOfOthersAlone() {
        var other = FactorTestPerson.with(SERVER, Role.PATIENT).withApp();
        var person = FactorTestPerson.with(SERVER, Role.PATIENT).withApp();
        person.signIn(browser);

        post("/account/factors/rename", Map.of("id", id(other), "name", "Mine"));
        post("/account/factors/remove", Map.of("id", id(other)));

        assertThat(SERVER.bean(Factors.class).of(other.username()))
                .extracting(factor -> factor.name())
                .containsExactly("Phone");
    }

    @Test
    @DisplayName("MF-011: without a factor of the last five minutes no factor is added or removed: 401")
    void changeOnlyAfterAFreshStepUp() {
        var person = FactorTestPerson.with(SERVER, Role.PATIENT).withApp();
        person.signIn(browser);
        person.growsStale();

        for (var path : List.of("remove", "recovery-codes", "app")) {
            var refused = post("/account/factors/" + path, Map.of("id", id(person), "code", "000000"));

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate"))
                    .isEqualTo("Bearer error=\"insufficient_user_authentication\", max_age=\"300\"");
            assertThat(refused.asString()).contains("href=\"/login/step-up\"");
        }
        assertThat(SERVER.bean(Factors.class).has(person.username())).isTrue();
    }

    @Test
    @DisplayName(
            "MF-001, MF-011: a step-up asks for a factor, changes the session and returns to the page that wanted it")
    void returnFromTheStepUp() {
        var person = FactorTestPerson.with(SERVER, Role.PATIENT).withApp();
        person.signIn(browser);
        person.growsStale();
        var before = browser.session();

        var stepUp = browser.open("/account/factors/app");
        assertThat(stepUp.asString()).contains("action=\"/login/step-up\"");
        assertThat(browser.send(stepUp, Map.of("code", "000000")).statusCode()).isEqualTo(401);
        var wanted = browser.send(stepUp, Map.of("code", person.code(1)));

        assertThat(wanted.asString()).contains("action=\"/account/factors/app\"");
        assertThat(browser.session()).isNotEqualTo(before);
        var old = given().redirects().follow(false).cookie("rapport", before).get(SERVER.url() + "/account");
        assertThat(old.header("Location")).isEqualTo("/login");
        assertThat(person.audited()).containsExactly("sign-in 200 otp pwd", "step-up 403 otp", "step-up 200 otp");
    }

    @Test
    @DisplayName("MF-011: whoever adds or removes a factor or uses a recovery code is told by mail")
    void tellTheirOwnerOfEachChange() {
        var person = FactorTestPerson.with(SERVER, Role.PATIENT).withApp();
        var address = person.username() + "@factors.example.org";
        SERVER.bean(MailAddresses.class)
                .verified(person.username(), MailAddress.parse(address).orElseThrow());
        var recoveryCode = person.withRecoveryCodes().get(0);
        browser.send(person.password(browser), Map.of("recovery", recoveryCode));
        var page = browser.open("/account/factors/app");
        browser.send(page, Map.of("name", "Tablet", "code", FactorTestPerson.code(shown(page), 0)));
        post("/account/factors/remove", Map.of("id", id(person)));

        assertThat(person.audited())
                .containsExactly("sign-in 200 otp pwd", "factor-added 200 totp", "factor-removed 200 totp");
        for (var subject : List.of("recovery code", "was added", "was removed")) {
            assertThat(TestMails.await(address, subject).text()).contains(person.username());
        }
    }

    @Test
    void askForThePasswordWhereThereIsNoFactor() {
        var person = FactorTestPerson.with(SERVER, Role.PATIENT);
        person.password(browser);
        person.growsStale();

        var stepUp = browser.open("/account/factors/app");
        assertThat(browser.send(stepUp, Map.of("password", "wrong")).statusCode())
                .isEqualTo(401);
        var wanted = browser.send(stepUp, Map.of("password", TestWorld.PASSWORD));

        assertThat(wanted.asString()).contains("action=\"/account/factors/app\"");
        assertThat(person.audited()).containsExactly("sign-in 200 pwd", "step-up 403 pwd", "step-up 200 pwd");
    }
}
