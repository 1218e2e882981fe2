package org.rapport.admin.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.Browser;
import org.rapport.smart.Clients;
import org.rapport.smart.SecondStep;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class AdminPagesTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Browser ADMIN = new Browser(SERVER.url());

    @BeforeAll
    static void signInTheAdministrator() {
        signIn(ADMIN, "page-boss", Role.ADMIN);
    }

    private static Response signIn(Browser browser, String username, Role role) {
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(username, TestWorld.PASSWORD, "Person " + username, null, Set.of(role)));
        SERVER.bean(TotpFactors.class).addIfNone(username, "Phone", TotpSecret.random(new SecureRandom()));
        var page = browser.send(browser.open("/login"), Map.of("username", username, "password", TestWorld.PASSWORD));
        return SecondStep.isAskedBy(page) ? SecondStep.give(browser, SERVER.url(), page, username) : page;
    }

    private static Response post(String path, Map<String, String> typed) {
        return ADMIN.post(path, Browser.hidden(ADMIN.open("/admin/keys")), typed);
    }

    @Test
    void areClosedToEverybodyElse() {
        var clerk = new Browser(SERVER.url());
        signIn(clerk, "page-clerk", Role.CLERK);

        var refused = clerk.open("/admin/people");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.asString()).contains("This is for administrators");
        assertThat(new Browser(SERVER.url()).open("/admin/people").asString()).contains("name=\"password\"");
    }

    @Test
    void takeNoFormFromElsewhere() {
        var answer = ADMIN.post("/admin/keys", Map.of(), Map.of());

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void listPeopleAndShowOne() {
        assertThat(ADMIN.open("/admin").asString()).contains("<h1>People</h1>");
        assertThat(ADMIN.open("/admin/people?search=page-boss").asString()).contains("Person page-boss");

        var person = ADMIN.open("/admin/people/page-boss");

        assertThat(person.statusCode()).isEqualTo(200);
        assertThat(person.asString()).contains("Sign out everywhere", "administrator");
        assertThat(ADMIN.open("/admin/people/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void registerAnApplicationAndShowItsSecretOnce() {
        var typed = Map.of(
                "clientId", "paged-app",
                "type", "confidential",
                "name", "Paged app",
                "redirectUris", "https://paged.example.org/cb\nhttps://paged.example.org/other",
                "postLogoutRedirectUris", "https://paged.example.org/bye",
                "scopes", "openid patient/*.rs");

        var shown = post("/admin/clients", typed);

        assertThat(shown.statusCode()).as(shown.asString()).isEqualTo(200);
        assertThat(shown.asString()).contains("paged-app", "class=\"secret\"");
        assertThat(shown.header("Cache-Control")).contains("no-store");
        assertThat(SERVER.bean(Clients.class).find("paged-app").orElseThrow().redirectUris())
                .hasSize(2);
        var page = ADMIN.open("/admin/clients/paged-app");
        assertThat(page.asString()).contains("https://paged.example.org/bye", "Paged app");
        assertThat(ADMIN.open("/admin/clients?search=paged").asString()).contains("Paged app");
    }

    @Test
    void sayWhatWasWrongWithAnApplication() {
        var again = post("/admin/clients", Map.of("clientId", "x", "type", "public", "name", "X"));

        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.asString()).contains("role=\"alert\"", "redirect URIs");
    }

    @Test
    void letADeviceInAndOut() {
        assertThat(post("/admin/devices", Map.of("deviceId", "paged-scale")).asString())
                .contains("paged-scale", "class=\"secret\"");
        assertThat(ADMIN.open("/admin/devices?search=paged-scale").asString()).contains("1 valid credential");

        post("/admin/devices/paged-scale/revoke", Map.of());

        assertThat(ADMIN.open("/admin/devices?search=paged-scale").asString()).contains("All credentials are revoked");
    }

    @Test
    void makeATokenForRegistration() {
        assertThat(post("/admin/keys/tokens", Map.of("note", "Vendor")).asString())
                .contains("Vendor", "class=\"secret\"");
        assertThat(ADMIN.open("/admin/keys").asString()).contains("Vendor");
    }

    @Test
    void signSomebodyOutEverywhere() {
        var clerk = new Browser(SERVER.url());
        signIn(clerk, "page-leaver", Role.CLERK);
        assertThat(clerk.open("/account").statusCode()).isEqualTo(200);

        post("/admin/people/page-leaver/sign-out", Map.of());

        assertThat(clerk.open("/account").asString()).contains("name=\"password\"");
    }

    @Test
    void changeNothingForARoleThatIsNone() {
        var answer = post("/admin/people/page-boss", Map.of("roles", "no-such-role"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).contains("role=\"alert\"");
        assertThat(SERVER.bean(Accounts.class).find("page-boss").orElseThrow().roles())
                .containsExactly(Role.ADMIN);
    }
}
