package org.rapport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.AccountChanges;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.audit.Agent;
import org.rapport.factor.TotpFactors;
import org.rapport.smart.Browser;
import org.rapport.smart.SecondStep;
import org.rapport.smart.TestDevices;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Pattern SESSION = Pattern.compile("name=\"session\" value=\"([^\"]+)\"");

    private final String owner = "owner" + System.nanoTime();
    private final Browser here = new Browser(SERVER.url());

    @BeforeEach
    void makeTheOwner() {
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(
                        owner, TestWorld.PASSWORD, "Olga Owner", "Patient/" + owner, Set.of(Role.PATIENT)));
        signIn(here);
    }

    private Response signIn(Browser browser) {
        return browser.send(browser.open("/login"), Map.of("username", owner, "password", TestWorld.PASSWORD));
    }

    private Response account() {
        return here.open("/account");
    }

    private Response post(String path, String name, String value) {
        var csrf = Objects.requireNonNull(Browser.hidden(account()).get("_csrf"));
        return here.post(path, Map.of("_csrf", List.of(csrf.get(0))), Map.of(name, value));
    }

    private static boolean asksToSignIn(Response page) {
        return page.asString().contains("name=\"password\"");
    }

    private List<String> audited(String kind) {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT interaction || ' ' || status FROM audit_log WHERE subject = ? AND interaction = ?")
                .params(owner, kind)
                .query(String.class)
                .list();
    }

    @Test
    void showsWhoItBelongsTo() {
        assertThat(account().asString())
                .contains("You are signed in as Olga Owner.", "Patient record " + owner, "(this browser)");
    }

    @Test
    @DisplayName("MF-017: a session signed out from another device is dead on two instances within a second")
    void endsASessionElsewhereWithWhatLivesOnIt() {
        var elsewhere = SignedInApp.online(SERVER, owner);
        var tokens = elsewhere.tokens();
        try (var other = TestServer.shared().another()) {
            ResourceServer.assertTakes(SERVER, tokens.getString("access_token"));
            ResourceServer.assertTakes(other, tokens.getString("access_token"));
            var session = SESSION.matcher(account().asString());
            assertThat(session.find()).isTrue();

            var done = post("/account/sessions/end", "session", session.group(1));

            assertThat(done.asString()).contains("That session has ended.").doesNotContain("name=\"session\"");
            assertThat(asksToSignIn(elsewhere.browser().open(other.url() + "/account")))
                    .isTrue();
            ResourceServer.assertRefusesWithinASecond(SERVER, tokens.getString("access_token"));
            ResourceServer.assertRefusesWithinASecond(other, tokens.getString("access_token"));
            SignedInApp.assertRefusedRefresh(other, tokens.getString("refresh_token"));
            assertThat(asksToSignIn(account())).isFalse();
        }
        assertThat(audited("session-revoked")).containsExactly("session-revoked 200");
    }

    @Test
    @DisplayName("MF-023: a revoked session stays revoked for an instance that starts afterwards")
    void endsASessionForGood() {
        var elsewhere = SignedInApp.online(SERVER, owner);
        var tokens = elsewhere.tokens();
        post("/account/sessions/end-others", "all", "yes");
        try (var restarted = TestServer.shared().another()) {
            assertThat(ResourceServer.status(restarted, tokens.getString("access_token")))
                    .isEqualTo(401);
            assertThat(asksToSignIn(elsewhere.browser().open(restarted.url() + "/account")))
                    .isTrue();
            SignedInApp.assertRefusedRefresh(restarted, tokens.getString("refresh_token"));
        }
    }

    @Test
    void endsNobodyElsesSession() {
        var bob = new Browser(SERVER.url());
        bob.send(bob.open("/login"), Map.of("username", TestWorld.BOB, "password", TestWorld.PASSWORD));
        var bobs = SERVER.bean(Sessions.class).of(TestWorld.BOB).get(0).id();

        assertThat(post("/account/sessions/end", "session", bobs).asString())
                .contains("There was nothing left to end.");

        assertThat(asksToSignIn(bob.open("/account"))).isFalse();
        assertThat(audited("session-revoked")).containsExactly("session-revoked 403");
    }

    @Test
    void takesTheAccessOfAnAppAway() {
        var app = SignedInApp.offline(SERVER, owner);
        var tokens = app.tokens();
        assertThat(account().asString())
                .contains(
                        "Demo &lt;b&gt;App&lt;/b&gt;",
                        "may read from the record: everything",
                        "keeps its access when you are not there");

        var done = post("/account/apps/end", "client", TestWorld.PUBLIC_APP);

        assertThat(done.asString()).contains("The app has no access any more.", "No app has access to your data.");
        ResourceServer.assertRefusesWithinASecond(SERVER, tokens.getString("access_token"));
        SignedInApp.assertRefusedRefresh(SERVER, tokens.getString("refresh_token"));
        assertThat(app.browser().open(app.flow().address()).asString()).contains("name=\"deny\"");
    }

    @Test
    void disconnectsADevice() {
        var devices = SERVER.bean(TestDevices.class);
        devices.add(owner, "cuff-" + owner, "Blood pressure cuff");
        assertThat(account().asString()).contains("Disconnect Blood pressure cuff");

        assertThat(post("/account/devices/end", "device", "cuff-of-bob").asString())
                .contains("There was nothing left to end.");
        var done = post("/account/devices/end", "device", "cuff-" + owner);

        assertThat(done.asString()).contains("The device is disconnected.").doesNotContain("Blood pressure cuff");
        assertThat(audited("device-credential-changed"))
                .containsExactlyInAnyOrder("device-credential-changed 403", "device-credential-changed 200");
    }

    @Test
    void refusesAFormWithoutItsToken() {
        assertThat(here.post("/account/sessions/end-others", Map.of(), Map.of()).statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("MF-003: an idle session is asked to sign in again; polling in the background does not keep it alive")
    void endsTwelveHoursAfterTheSignIn() {
        var database = JdbcClient.create(SERVER.bean(DataSource.class));
        assertThat(SERVER.bean(Sessions.class).of(owner)).hasSize(1);
        database.sql("UPDATE login_session SET last_access_time = last_access_time - 900001,"
                        + " expiry_time = expiry_time - 900001 WHERE principal_name = ?")
                .param(owner)
                .update();

        assertThat(SERVER.bean(Sessions.class).of(owner)).isEmpty();
        assertThat(asksToSignIn(account())).isTrue();
    }

    @Test
    void leadsToWhatBelongsToTheAccountAndNothingElse() {
        assertThat(account().asString())
                .contains("href=\"/account/email\"", "href=\"/account/password\"", "href=\"/account/factors\"")
                .doesNotContain("href=\"/account/invitations\"", "href=\"/admin\"", "href=\"/account/outside\"");

        SERVER.bean(AccountChanges.class).setRoles(owner, Set.of(Role.PATIENT, Role.CLERK), Agent.SERVER);
        SERVER.bean(TotpFactors.class).addIfNone(owner, "Phone", TestWorld.DOCTORS_APP);
        var page = SecondStep.give(here, SERVER.url(), signIn(here), owner);

        assertThat(page.asString()).contains("href=\"/account/invitations\"").doesNotContain("href=\"/admin\"");
    }
}
