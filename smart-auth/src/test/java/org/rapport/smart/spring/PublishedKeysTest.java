package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.ClientProof;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.KeyPeer;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

class PublishedKeysTest {

    private static final String SCOPE = "system/Patient.rs";
    private static final TestServer SERVER = TestServer.shared();

    private final KeyPeer peer =
            new KeyPeer(new JWKSet(List.of(TestWorld.RSA.toPublicJWK(), TestWorld.EC.toPublicJWK())).toString());

    @AfterEach
    void stop() {
        peer.close();
    }

    private static String backendWithKeysAt(String uri) {
        var clientId = "published-" + UUID.randomUUID();
        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.backendClient(
                        clientId, "Published", new ClientProof.KeysAt(uri), Set.of("system/*.rs")));
        return clientId;
    }

    private static ClientAssertion assertion(String clientId, JWK key, JWSAlgorithm algorithm) {
        return ClientAssertion.signedBy(SERVER.url(), key, algorithm)
                .claims(claims -> claims.issuer(clientId).subject(clientId));
    }

    private static Response ask(String clientId) {
        return assertion(clientId, TestWorld.RSA, JWSAlgorithm.RS384).ask(SCOPE);
    }

    private static void assertInvalidClient(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    private static long stored(String clientId) {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("""
                        SELECT (SELECT count(*) FROM client_assertion WHERE client_id = :id)
                            + (SELECT count(*) FROM oauth2_authorization WHERE registered_client_id = :id)""")
                .param("id", clientId)
                .query(Long.class)
                .single();
    }

    @Test
    void openWithBothAlgorithmsAndAreFetchedOnce() {
        var clientId = backendWithKeysAt(peer.allowed("/jwks"));

        assertThat(ask(clientId).statusCode()).isEqualTo(200);
        assertThat(assertion(clientId, TestWorld.EC, JWSAlgorithm.ES384)
                        .ask(SCOPE)
                        .statusCode())
                .isEqualTo(200);
        assertThat(peer.hits()).isEqualTo(1);
    }

    @Test
    void letAClientWithUsersRedeemItsCode() {
        var clientId = "asymmetric-" + UUID.randomUUID();
        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.asymmetricClient(
                        clientId,
                        "Asymmetric",
                        new ClientProof.KeysAt(peer.allowed("/jwks")),
                        Set.of(TestWorld.WEB_REDIRECT),
                        Set.of("openid", "patient/*.rs", "offline_access", "launch/patient")));
        var flow = AuthorizationCodeFlow.at(SERVER.url())
                .with("client_id", clientId)
                .with("scope", "openid launch/patient patient/*.rs offline_access")
                .with("redirect_uri", TestWorld.WEB_REDIRECT);

        var tokens = given().formParam("grant_type", "authorization_code")
                .formParam("code", flow.code(TestWorld.ALICE))
                .formParam("redirect_uri", TestWorld.WEB_REDIRECT)
                .formParam("code_verifier", AuthorizationCodeFlow.VERIFIER)
                .formParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .formParam(
                        "client_assertion",
                        assertion(clientId, TestWorld.EC, JWSAlgorithm.ES384).serialize())
                .post(SERVER.url() + "/oauth2/token");

        assertThat(tokens.statusCode()).as(tokens.asString()).isEqualTo(200);
        var refreshed = given().formParam("grant_type", "refresh_token")
                .formParam("refresh_token", tokens.jsonPath().getString("refresh_token"))
                .formParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .formParam(
                        "client_assertion",
                        assertion(clientId, TestWorld.RSA, JWSAlgorithm.RS384).serialize())
                .post(SERVER.url() + "/oauth2/token");
        assertThat(refreshed.statusCode()).as(refreshed.asString()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page", "/fault", "/nonsense", "/huge", "/missing", "/hanging"})
    @DisplayName("OA-034: a jwks_uri that answers badly: invalid_client within 6 s, nothing stored")
    void openNothingWhenTheyDoNotCome(String path) {
        var clientId = backendWithKeysAt(peer.allowed(path));
        long begin = System.nanoTime();

        assertInvalidClient(ask(clientId));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
        assertThat(stored(clientId)).isZero();
    }

    @Test
    @DisplayName("OA-034: a jwks_uri that redirects inside: invalid_client, nothing asked there")
    void areNotLookedForElsewhere() {
        try (var inside = new KeyPeer("{}")) {
            peer.redirect("/moved", inside.forbidden("/jwks"));
            var clientId = backendWithKeysAt(peer.allowed("/moved"));

            assertInvalidClient(ask(clientId));

            assertThat(inside.hits()).isZero();
            assertThat(peer.hits()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("OA-034: a jwks_uri on a private address: refused, and never asked even when it is in the database")
    void areNotFetchedFromInside() {
        assertThatIllegalArgumentException().isThrownBy(() -> backendWithKeysAt(peer.forbidden("/jwks")));
        var clientId = backendWithKeysAt(peer.allowed("/jwks"));
        JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("UPDATE smart_client SET jwks_uri = ? WHERE client_id = ?")
                .params(peer.forbidden("/jwks"), clientId)
                .update();

        assertInvalidClient(ask(clientId));
        assertThat(peer.hits()).isZero();
    }

    @Test
    @DisplayName("OA-033: alg none, HS256 or a key brought along fetches nothing")
    void areNotAskedForByABadHeader() {
        var clientId = backendWithKeysAt(peer.allowed("/jwks"));

        assertInvalidClient(
                assertion(clientId, TestWorld.RSA, JWSAlgorithm.RS256).ask(SCOPE));
        assertInvalidClient(assertion(clientId, TestWorld.RSA, JWSAlgorithm.RS384)
                .header(header -> header.jwk(TestWorld.RSA.toPublicJWK()))
                .ask(SCOPE));
        assertThat(peer.hits()).isZero();
    }

    @Test
    void holdNoDatabaseConnectionWhileTheyAreWaitedFor() {
        var clients = java.util.stream.IntStream.range(0, 12)
                .mapToObj(i -> backendWithKeysAt(peer.allowed("/hanging")))
                .toList();

        var answers = Together.times(
                13,
                i -> i < 12
                        ? ask(clients.get(i)).statusCode()
                        : ClientAssertion.rs384(SERVER.url()).ask(SCOPE).statusCode());

        assertThat(answers.subList(0, 12)).containsOnly(401);
        assertThat(answers.get(12)).isEqualTo(200);
    }
}
