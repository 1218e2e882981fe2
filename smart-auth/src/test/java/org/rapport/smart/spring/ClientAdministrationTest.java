package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.JWKSet;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.session.PostLogoutRedirects;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.ClientAdministration;
import org.rapport.smart.ClientChange;
import org.rapport.smart.ClientDetails;
import org.rapport.smart.ClientProof;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

class ClientAdministrationTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Agent ADMIN = Agent.signedIn("admin", "192.0.2.1");

    private final ClientAdministration administration = SERVER.bean(ClientAdministration.class);
    private final Clients clients = SERVER.bean(Clients.class);
    private final String clientId = "administered-" + UUID.randomUUID();

    @BeforeEach
    void register() {
        administration.register(
                ClientRegistration.confidentialClient(
                        clientId,
                        "Administered 50%",
                        TestWorld.WEB_SECRET,
                        Set.of(TestWorld.WEB_REDIRECT),
                        Set.of("openid", "launch/patient", "patient/*.rs", "offline_access")),
                ADMIN);
    }

    private Response introspect(String token, String secret) {
        return given().auth()
                .preemptive()
                .basic(clientId, secret)
                .formParam("token", token)
                .post(SERVER.url() + "/oauth2/introspect");
    }

    private String accessToken() {
        var flow = AuthorizationCodeFlow.at(SERVER.url())
                .with("client_id", clientId)
                .with("scope", "launch/patient patient/*.rs offline_access")
                .with("redirect_uri", TestWorld.WEB_REDIRECT);
        var tokens = given().auth()
                .preemptive()
                .basic(clientId, TestWorld.WEB_SECRET)
                .formParam("grant_type", "authorization_code")
                .formParam("code", flow.code(TestWorld.ALICE))
                .formParam("redirect_uri", TestWorld.WEB_REDIRECT)
                .formParam("code_verifier", AuthorizationCodeFlow.VERIFIER)
                .post(SERVER.url() + "/oauth2/token");
        return tokens.jsonPath().getString("access_token");
    }

    private static boolean isActive(String token) {
        return CodeRedemptionTest.isActive(token);
    }

    private static void assertInvalidClient(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"invalid_client\"}");
    }

    private List<String> auditTrail() {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT a::text FROM audit_log a WHERE a::text LIKE ? ORDER BY 1")
                .param("%" + clientId + "%")
                .query(String.class)
                .list();
    }

    @Test
    void findsClientsByAnyPartOfIdOrName() {
        assertThat(clients.list(clientId.substring(5).toUpperCase(Locale.ROOT), 10))
                .extracting(Clients.RegisteredApp::clientId)
                .containsExactly(clientId);
        assertThat(clients.list("ADMINISTERED 50%", 1)).hasSize(1);
        assertThat(clients.list("no such client", 10)).isEmpty();
        assertThat(clients.list("", 2)).hasSize(2);
        assertThat(clients.find(clientId).orElseThrow().status().createdBy()).isEqualTo("admin");
    }

    @Test
    void doesNotTakeAnIdTwice() {
        var again =
                ClientRegistration.publicClient(clientId, "Other", Set.of(TestWorld.WEB_REDIRECT), Set.of("openid"));

        assertThat(administration.register(again, ADMIN)).isFalse();
        assertThat(clients.find(clientId).orElseThrow().name()).isEqualTo("Administered 50%");
    }

    @Test
    void keepsADisabledClientOutAndEndsItsGrants() {
        var token = accessToken();
        assertThat(isActive(token)).isTrue();

        assertThat(administration.disable(clientId, ADMIN)).isTrue();

        assertThat(isActive(token)).isFalse();
        assertInvalidClient(introspect("x", TestWorld.WEB_SECRET));
        var page = given().redirects()
                .follow(false)
                .get(AuthorizationCodeFlow.at(SERVER.url())
                        .with("client_id", clientId)
                        .with("redirect_uri", TestWorld.WEB_REDIRECT)
                        .address());
        assertThat(page.statusCode()).isEqualTo(400);

        assertThat(administration.enable(clientId, ADMIN)).isTrue();
        assertThat(introspect("x", TestWorld.WEB_SECRET).statusCode()).isEqualTo(200);
        assertThat(isActive(token)).isFalse();
    }

    @Test
    void rotatesASecretAndTheOldOneEndsAtOnce() {
        var secret = administration.rotateSecret(clientId, ADMIN).orElseThrow();

        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(introspect("x", secret).statusCode()).isEqualTo(200);
        assertInvalidClient(introspect("x", TestWorld.WEB_SECRET));
        assertThat(administration.rotateSecret(TestWorld.PUBLIC_APP, ADMIN)).isEmpty();
        assertThat(administration.rotateSecret("nobody", ADMIN)).isEmpty();
    }

    @Test
    void changesWhatAClientIsAndEndsGrantsThatHoldMore() {
        var token = accessToken();
        var details = new ClientDetails(
                true,
                Set.of("https://app.example.org"),
                "https://app.example.org/about",
                List.of("it@example.org"),
                Set.of(TestWorld.GOODBYE));

        administration.update(
                clientId, change(Set.of("openid", "launch/patient", "patient/*.rs", "offline_access"), details), ADMIN);
        assertThat(isActive(token)).isTrue();
        administration.update(clientId, change(Set.of("openid"), details), ADMIN);

        assertThat(isActive(token)).isFalse();
        var app = clients.find(clientId).orElseThrow();
        assertThat(app.name()).isEqualTo("Renamed");
        assertThat(app.details()).isEqualTo(details);
        assertThat(app.mayLaunch()).isTrue();
        assertThat(app.scopes()).containsExactly("openid");
        assertThat(introspect("x", TestWorld.WEB_SECRET).statusCode()).isEqualTo(200);
    }

    @Test
    void recordsNewAddressesAfterSigningOutInTheRowOfTheChange() {
        var details = ClientDetails.NONE.withPostLogoutRedirectUris(Set.of(TestWorld.GOODBYE));

        administration.update(clientId, change(Set.of("openid"), details), ADMIN);
        administration.update(clientId, change(Set.of("openid"), details), ADMIN);

        assertThat(auditTrail().stream().filter(row -> row.contains("updated, with post-logout redirect URIs")))
                .hasSize(1);
        assertThat(SERVER.bean(PostLogoutRedirects.class).allows(clientId, TestWorld.GOODBYE))
                .isTrue();
    }

    private static ClientChange change(Set<String> scopes, ClientDetails details) {
        return new ClientChange("Renamed", Optional.empty(), Set.of(TestWorld.WEB_REDIRECT), scopes, details);
    }

    @Test
    void movesAClientFromItsSecretToKeys() {
        var keys = new ClientProof.Keys(new JWKSet(TestWorld.RSA.toPublicJWK()).toString());
        administration.update(
                clientId,
                new ClientChange(
                        "Keys",
                        Optional.of(keys),
                        Set.of(TestWorld.WEB_REDIRECT),
                        Set.of("openid"),
                        ClientDetails.NONE),
                ADMIN);

        assertInvalidClient(introspect("x", TestWorld.WEB_SECRET));
        assertThat(clients.find(clientId).orElseThrow().proof().secretHash()).isNull();
    }

    @Test
    void refusesAChangeThatDoesNotFitTheType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        administration.update(clientId, change(Set.of("system/*.rs"), ClientDetails.NONE), ADMIN));
        assertThat(administration.update("nobody", change(Set.of("openid"), ClientDetails.NONE), ADMIN))
                .isFalse();
    }

    @Test
    void deletesAClientWithItsGrants() {
        var token = accessToken();

        assertThat(administration.delete(clientId, ADMIN)).isTrue();

        assertThat(isActive(token)).isFalse();
        assertThat(clients.find(clientId)).isEmpty();
        assertThat(administration.delete(clientId, ADMIN)).isFalse();
    }

    @Test
    void leavesARowInTheAuditLogForEachAct() {
        int before = auditTrail().size();
        administration.disable(clientId, ADMIN);
        administration.enable(clientId, ADMIN);
        administration.rotateSecret(clientId, ADMIN);
        administration.delete(clientId, ADMIN);
        administration.delete(clientId, ADMIN);

        assertThat(before).isEqualTo(1);
        assertThat(auditTrail()).hasSize(6);
    }
}
