package org.rapport.admin.people.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.SecondStep;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("An administrator links identities at outside providers")
class OutsideLinksTest {

    private static final String BOSS = "boss";
    private static final TestServer SERVER = TestServer.startWith(Map.of(
            "rapport.federation.providers.home.issuer", "http://127.0.0.1:1",
            "rapport.federation.providers.home.client-id", "rapport",
            "rapport.federation.providers.home.display-name", "Home"));

    private static String token = "";

    private final TestPeople person = TestPeople.patient(SERVER);

    @BeforeAll
    static void signIn() {
        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.publicClient(
                        "console", "Console", Set.of(TestWorld.LOOPBACK_REDIRECT), Set.of("openid", "rapport/admin")));
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(BOSS, TestWorld.PASSWORD, "Boss", null, Set.of(Role.ADMIN)));
        SERVER.bean(TotpFactors.class).addIfNone(BOSS, "Phone", TotpSecret.random(new SecureRandom()));
        var flow = AuthorizationCodeFlow.at(SERVER.url())
                .with("client_id", "console")
                .with("scope", "openid rapport/admin");
        token = flow.redeem(flow.code(BOSS)).jsonPath().getString("access_token");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static RequestSpecification api() {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    private String path() {
        return SERVER.url() + "/admin/api/people/" + person.username() + "/outside";
    }

    private int link(String provider, String subject) {
        return api().body(Map.of("provider", provider, "subject", subject))
                .post(path())
                .statusCode();
    }

    private List<String> audited() {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT concat_ws(' ', interaction, status, subject, query) FROM audit_log"
                        + " WHERE resource_id = ? AND interaction = 'account-changed' ORDER BY number")
                .param(person.username())
                .query(String.class)
                .list();
    }

    @Test
    void byTheApiWithARowForEachActAndAMailToTheOwner() {
        var subject = "sub-of-" + person.username();

        assertThat(link("home", subject)).isEqualTo(201);
        assertThat(api().get(path()).jsonPath().getList("subject")).containsExactly(subject);
        assertThat(TestMails.await(person.address(), "").text()).contains(person.username());
        assertThat(api().delete(path() + "/home").statusCode()).isEqualTo(204);

        assertThat(api().get(path()).jsonPath().getList("")).isEmpty();
        assertThat(api().delete(path() + "/home").statusCode()).isEqualTo(404);
        assertThat(audited())
                .containsExactly("account-changed 200 boss linked home", "account-changed 200 boss unlinked home");
    }

    @Test
    void onlyOfAKnownProviderAndToOneAccount() {
        var other = TestPeople.patient(SERVER);
        var subject = "taken-by-" + other.username();
        api().body(Map.of("provider", "home", "subject", subject))
                .post(SERVER.url() + "/admin/api/people/" + other.username() + "/outside");

        assertThat(link("away", "x")).isEqualTo(400);
        assertThat(link("home", " ")).isEqualTo(400);
        assertThat(link("home", subject)).isEqualTo(409);
        assertThat(api().get(SERVER.url() + "/admin/api/people/nobody/outside").statusCode())
                .isEqualTo(404);
        assertThat(audited()).containsExactly("account-changed 403 boss linked elsewhere home");
    }

    @Test
    void onThePageOfThePerson() {
        var browser = new Browser(SERVER.url());
        var page = browser.send(browser.open("/login"), Map.of("username", BOSS, "password", TestWorld.PASSWORD));
        SecondStep.give(browser, SERVER.url(), page, BOSS);
        var form = Browser.hidden(browser.open("/admin/keys"));
        var address = "/admin/people/" + person.username();

        var linked = browser.post(
                address + "/outside/link", form, Map.of("provider", "home", "subject", "page-" + person.username()));
        assertThat(linked.asString()).contains("home · page-" + person.username(), "Unlink home");
        assertThat(browser.post(address + "/outside/link", form, Map.of("provider", "home", "subject", ""))
                        .asString())
                .contains("role=\"alert\"", "Nothing was linked");
        var unlinked = browser.post(address + "/outside/unlink", form, Map.of("provider", "home"));

        assertThat(unlinked.asString()).doesNotContain("Unlink home");
        assertThat(audited()).hasSize(2);
    }
}
