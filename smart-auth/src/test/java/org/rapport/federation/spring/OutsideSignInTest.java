package org.rapport.federation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.factor.TotpFactors;
import org.rapport.smart.Browser;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.SecondStep;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outside provider is another server of ours, with accounts of its own. */
class OutsideSignInTest {

    private static final TestServer PROVIDER = TestServer.shared();
    private static final TestServer SERVER = TestServer.startWith(settings());

    private final TestPeople person = TestPeople.patient(SERVER);
    private final Browser here = new Browser(SERVER.url());

    private static Map<String, Object> settings() {
        PROVIDER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.publicClient(
                        "rapport-elsewhere",
                        "Rapport elsewhere",
                        Set.of("http://127.0.0.1/login/outside/home/callback"),
                        Set.of("openid")));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("rapport.federation.providers.home.issuer", PROVIDER.url());
        settings.put("rapport.federation.providers.home.client-id", "rapport-elsewhere");
        settings.put("rapport.federation.providers.home.display-name", "Home");
        settings.put("rapport.federation.providers.home.second-factor-amr", "mfa");
        settings.put("rapport.federation.providers.away.issuer", "http://127.0.0.1:1");
        settings.put("rapport.federation.providers.away.client-id", "x");
        settings.put("rapport.federation.providers.away.display-name", "Away");
        return settings;
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** Signs in at the provider and allows it; the answer is where it sends the browser. */
    private static String atTheProvider(String request, String username) {
        var there = new Browser(PROVIDER.url());
        var page = there.send(there.open(request), Map.of("username", username, "password", TestWorld.PASSWORD));
        if (SecondStep.isAskedBy(page)) {
            page = SecondStep.give(there, PROVIDER.url(), page, username);
        }
        if (page.asString().contains("name=\"deny\"")) {
            page = there.send(page, Map.of());
        }
        return page.header("Location");
    }

    private static Response signInBy(Browser browser, String username) {
        var start = browser.open("/login/outside/home");
        return browser.open(atTheProvider(start.header("Location"), username));
    }

    private void link(String username) {
        var browser = person.signedIn();
        var start =
                browser.post("/account/outside/home/link", Browser.hidden(browser.open("/account/outside")), Map.of());
        var linked = browser.open(atTheProvider(start.header("Location"), username));
        assertThat(linked.asString()).contains("Unlink Home");
    }

    private static String newPersonThere() {
        return TestPeople.patient(PROVIDER).username();
    }

    private boolean isSignedIn(Browser browser) {
        return browser.open("/account/email").asString().contains(person.address());
    }

    @Test
    void opensTheLinkedAccount() {
        var there = newPersonThere();
        link(there);

        signInBy(here, there);

        assertThat(isSignedIn(here)).isTrue();
        assertThat(TestMails.await(person.address(), "opened from elsewhere").text())
                .contains(person.username());
    }

    @Test
    void asksWithStateNonceAndPkce() {
        var request = here.open("/login/outside/home");

        assertThat(request.statusCode()).isEqualTo(302);
        assertThat(request.header("Location"))
                .startsWith(PROVIDER.url() + "/oauth2/authorize?")
                .contains("state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "scope=openid")
                .contains("redirect_uri=" + SERVER.url() + "/login/outside/home/callback");
    }

    @Test
    void opensNothingThatIsNotLinkedWhateverTheName() {
        var there = newPersonThere();
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(there, TestWorld.PASSWORD, "Namesake", null, Set.of(Role.PATIENT)));

        var answer = signInBy(here, there);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).contains("No account is linked", "ask the staff for an invitation");
        assertThat(isSignedIn(here)).isFalse();
    }

    @Test
    void opensADisabledAccountForNobody() {
        var there = newPersonThere();
        link(there);
        JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("UPDATE account SET enabled = false WHERE username = ?")
                .param(person.username())
                .update();

        assertThat(signInBy(here, there).statusCode()).isEqualTo(403);
    }

    @Test
    void isNoLinkForTwoAccounts() {
        var there = newPersonThere();
        link(there);
        var other = TestPeople.patient(SERVER).signedIn();
        var start = other.post("/account/outside/home/link", Browser.hidden(other.open("/account/outside")), Map.of());

        var answer = other.open(atTheProvider(start.header("Location"), there));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).contains("This is linked elsewhere");
    }

    @Test
    void endsWithTheLink() {
        var there = newPersonThere();
        link(there);
        var browser = person.signedIn();
        browser.post("/account/outside/home/unlink", Browser.hidden(browser.open("/account/outside")), Map.of());

        assertThat(signInBy(here, there).statusCode()).isEqualTo(403);
    }

    @Test
    void leavesTheSecondFactorToUsUnlessTheProviderVouchesForIt() {
        var there = newPersonThere();
        link(there);
        SERVER.bean(TotpFactors.class).addIfNone(person.username(), "Phone", TestWorld.DOCTORS_APP);

        assertThat(SecondStep.isAskedBy(signInBy(here, there))).isTrue();
        assertThat(isSignedIn(here)).isFalse();

        PROVIDER.bean(TotpFactors.class).addIfNone(there, "Phone", TestWorld.DOCTORS_APP);
        var strong = new Browser(SERVER.url());
        signInBy(strong, there);
        assertThat(isSignedIn(strong)).isTrue();
    }

    @Test
    void takesNoAnswerToAnotherBrowsersQuestion() {
        var there = newPersonThere();
        link(there);
        var callback = atTheProvider(here.open("/login/outside/home").header("Location"), there);
        var victim = new Browser(SERVER.url());
        victim.open("/login/outside/home");

        var answer = victim.open(callback);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).contains("The provider did not answer as it should");
        assertThat(isSignedIn(victim)).isFalse();
    }

    @Test
    void saysWhenTheProviderIsAwayOrNotThere() {
        assertThat(here.open("/login/outside/away").asString()).contains("The provider did not answer");
        assertThat(here.open("/login/outside/nobody").statusCode()).isEqualTo(403);
    }

    @Test
    void isOfferedWhereThereIsAProvider() {
        assertThat(here.open("/login").asString()).contains("href=\"/login/outside\"");
        assertThat(here.open("/login/outside").asString())
                .contains("href=\"/login/outside/home\"", "Sign in by Home", "Sign in by Away");
        assertThat(new Browser(PROVIDER.url()).open("/login").asString()).doesNotContain("/login/outside");
    }
}
