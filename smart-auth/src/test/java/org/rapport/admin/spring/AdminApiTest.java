package org.rapport.admin.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

class AdminApiTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final String BOSS = "boss";
    private static final String CONSOLE = "admin-console";

    private static String token = "";

    @BeforeAll
    static void signIn() {
        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.publicClient(
                        CONSOLE,
                        "Console",
                        Set.of(TestWorld.LOOPBACK_REDIRECT),
                        Set.of("openid", "user/*.rs", "rapport/admin")));
        person(BOSS, Role.ADMIN);
        token = token(BOSS, "openid rapport/admin");
    }

    private static void person(String username, Role role) {
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(username, TestWorld.PASSWORD, username, null, Set.of(role)));
        if (role != Role.PATIENT) {
            SERVER.bean(TotpFactors.class).addIfNone(username, "Phone", TotpSecret.random(new SecureRandom()));
        }
    }

    private static String token(String username, String scope) {
        var flow = AuthorizationCodeFlow.at(SERVER.url())
                .with("client_id", CONSOLE)
                .with("scope", scope);
        return flow.redeem(flow.code(username)).jsonPath().getString("access_token");
    }

    private static RequestSpecification as(String bearer) {
        return given().header("Authorization", "Bearer " + bearer).contentType(ContentType.JSON);
    }

    private static Response register(String clientId, String type) {
        return as(token)
                .body(Map.of(
                        "clientId",
                        clientId,
                        "type",
                        type,
                        "name",
                        "New app",
                        "redirectUris",
                        List.of("https://new.example.org/cb"),
                        "scopes",
                        List.of("openid", "patient/*.rs")))
                .post(SERVER.url() + "/admin/api/clients");
    }

    private static List<String> audited(String object) {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT concat_ws(' ', interaction, status, subject, query) FROM audit_log"
                        + " WHERE resource_id = ? ORDER BY number")
                .param(object)
                .query(String.class)
                .list();
    }

    @Test
    void isClosedWithoutAToken() {
        assertThat(given().get(SERVER.url() + "/admin/api/clients").statusCode())
                .isEqualTo(401);
        assertThat(as("x.y.z").get(SERVER.url() + "/admin/api/clients").statusCode())
                .isEqualTo(401);
    }

    @Test
    void isClosedToEverybodyWhoIsNoAdministrator() {
        person("mere-clerk", Role.CLERK);

        var answer = as(token("mere-clerk", "openid rapport/admin")).get(SERVER.url() + "/admin/api/clients");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void isClosedToAnAppThatMayOnlyRead() {
        var answer = as(token(BOSS, "openid user/*.rs")).get(SERVER.url() + "/admin/api/clients");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.header("WWW-Authenticate")).contains("insufficient_scope", "rapport/admin");
    }

    @Test
    void registersChangesAndRemovesAnApplication() {
        var registered = register("new-app", "confidential");

        assertThat(registered.statusCode()).as(registered.asString()).isEqualTo(201);
        assertThat(registered.jsonPath().getString("clientSecret")).hasSizeGreaterThan(40);
        assertThat(register("new-app", "confidential").statusCode()).isEqualTo(409);

        var changed = as(token)
                .body(Map.of(
                        "name", "Newer app",
                        "redirectUris", List.of("https://new.example.org/cb"),
                        "scopes", List.of("openid")))
                .put(SERVER.url() + "/admin/api/clients/new-app");
        assertThat(changed.jsonPath().getString("name")).isEqualTo("Newer app");
        assertThat(changed.jsonPath().getList("scopes")).containsExactly("openid");

        var rotated = as(token).post(SERVER.url() + "/admin/api/clients/new-app/secret");
        assertThat(rotated.jsonPath().getString("clientSecret"))
                .isNotEqualTo(registered.jsonPath().getString("clientSecret"));

        assertThat(as(token).delete(SERVER.url() + "/admin/api/clients/new-app").statusCode())
                .isEqualTo(204);
        assertThat(as(token).get(SERVER.url() + "/admin/api/clients/new-app").statusCode())
                .isEqualTo(404);
        assertThat(audited("new-app"))
                .containsExactly(
                        "client-registered 200 boss confidential",
                        "client-registered 403 boss confidential",
                        "client-changed 200 boss updated",
                        "client-changed 200 boss secret-rotated",
                        "client-changed 200 boss deleted");
    }

    @Test
    void saysWhatWasExpectedOfAnApplication() {
        var answer = as(token)
                .body(Map.of("clientId", "bad", "type", "public", "name", "x"))
                .post(SERVER.url() + "/admin/api/clients");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("detail")).contains("redirect URIs");
    }

    @Test
    void letsADeviceInAndOut() {
        var issued = as(token).post(SERVER.url() + "/admin/api/devices/scale-9/credential");

        assertThat(issued.statusCode()).isEqualTo(201);
        assertThat(issued.jsonPath().getString("password")).isNotBlank();
        assertThat(as(token)
                        .delete(SERVER.url() + "/admin/api/devices/scale-9/credential")
                        .statusCode())
                .isEqualTo(204);
        assertThat(as(token)
                        .delete(SERVER.url() + "/admin/api/devices/scale-9/credential")
                        .statusCode())
                .isEqualTo(404);
        assertThat(audited("scale-9"))
                .containsExactly(
                        "device-credential-changed 200 boss issued",
                        "device-credential-changed 200 boss revoked",
                        "device-credential-changed 403 boss none to revoke");
    }

    @Test
    void changesTheRolesOfAPersonAndSignsThemOut() {
        person("climber", Role.CLERK);
        var before = token("climber", "openid");

        var changed =
                as(token).body(Map.of("roles", List.of("clinician"))).patch(SERVER.url() + "/admin/api/people/climber");

        assertThat(changed.statusCode()).as(changed.asString()).isEqualTo(200);
        assertThat(changed.jsonPath().getList("roles")).containsExactly("clinician");
        assertThat(as(token)
                        .get(SERVER.url() + "/admin/api/people/climber/sessions")
                        .jsonPath()
                        .getList(""))
                .isEmpty();
        assertThat(before).isNotBlank();
        assertThat(audited("climber")).contains("roles-changed 200 boss clerk -> clinician");
    }

    @Test
    void takesLostFactorsAway() {
        person("loser", Role.PATIENT);

        var answer = as(token).delete(SERVER.url() + "/admin/api/people/loser/factors");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getInt("removed")).isZero();
        assertThat(as(token)
                        .delete(SERVER.url() + "/admin/api/people/nobody/factors")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void invitesSomebodyByAOneTimeCode() {
        var answer = as(token)
                .body(Map.of(
                        "displayName", "Dr New",
                        "fhirUser", "Practitioner/dr-new",
                        "roles", List.of("clinician")))
                .post(SERVER.url() + "/admin/api/people");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        assertThat(answer.jsonPath().getString("code")).isNotBlank();
    }
}
