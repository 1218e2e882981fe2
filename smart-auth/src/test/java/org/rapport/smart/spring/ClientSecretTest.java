package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWKSet;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Strangers;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.HashCount;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

class ClientSecretTest {

    private static final TestServer SERVER = TestServer.shared();

    private static final JdbcClient DATABASE = JdbcClient.create(SERVER.bean(DataSource.class));

    private static Response introspect(String clientId, String secret) {
        return given().auth()
                .preemptive()
                .basic(clientId, secret)
                .formParam("token", "x")
                .post(SERVER.url() + "/oauth2/introspect");
    }

    @Test
    void isAskedForByName() {
        var answer = introspect(TestWorld.WEB_APP, "wrong");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
        assertThat(introspect(TestWorld.WEB_APP, TestWorld.WEB_SECRET).asString())
                .isEqualTo("{\"active\":false}");
    }

    @Test
    @DisplayName("OA-051: after 10 wrong secrets the client waits (429, Retry-After), and only it and only from there")
    void cannotBeGuessed() {
        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.confidentialClient(
                        "guessed", "Guessed", TestWorld.WEB_SECRET, Set.of(TestWorld.WEB_REDIRECT), Set.of("openid")));
        for (int i = 0; i < 10; i++) {
            assertThat(introspect("guessed", "wrong-" + i).statusCode()).isEqualTo(401);
        }

        var held = introspect("guessed", TestWorld.WEB_SECRET);

        assertThat(held.statusCode()).isEqualTo(429);
        assertThat(held.header("Retry-After")).isEqualTo("300");
        assertThat(introspect(TestWorld.WEB_APP, TestWorld.WEB_SECRET).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("OA-051: an unknown client, one without a secret and a wrong secret cost one slow hash each")
    void costsTheSameWhetherThereIsSuchAClient() {
        var hashes = SERVER.bean(HashCount.class);
        for (var clientId :
                List.of("nobody-" + UUID.randomUUID(), TestWorld.PUBLIC_APP, TestWorld.BACKEND, TestWorld.EHR)) {
            int before = hashes.get();

            var answer = introspect(clientId, "wrong");

            assertThat(answer.asString()).isEqualTo("{\"error\":\"invalid_client\"}");
            assertThat(hashes.get() - before).as(clientId).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("A client that does not prove who it is leaves one row; a flood of them is counted")
    void leavesItsFailuresInTheAuditLog() {
        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.confidentialClient(
                        "failing", "Failing", TestWorld.WEB_SECRET, Set.of(TestWorld.WEB_REDIRECT), Set.of("openid")));
        awaitARowOfItsOwn();
        introspect("failing", "wrong");
        await().untilAsserted(
                        () -> assertThat(failures("resource_id = 'failing'")).isEqualTo(1));

        SERVER.bean(Clients.class)
                .registerIfAbsent(ClientRegistration.backendClient(
                        "flooding",
                        "Flooding",
                        new JWKSet(TestWorld.RSA.toPublicJWK()).toString(),
                        Set.of("system/*.rs")));
        SERVER.bean(Strangers.class).step();
        var assertion = ClientAssertion.rs384("https://elsewhere.example.org")
                .claims(claims -> claims.issuer("flooding").subject("flooding"))
                .serialize();
        for (int i = 0; i < 40; i++) {
            ClientAssertion.ask(SERVER.url(), assertion, "system/*.rs");
        }

        await().untilAsserted(
                        () -> assertThat(failures("resource_id = 'flooding'")).isEqualTo(40));
    }

    /** In a second in which others have failed too often there is but a count of them all. */
    private static void awaitARowOfItsOwn() {
        await().pollInterval(Duration.ofMillis(20)).until(() -> Instant.now().get(ChronoField.MILLI_OF_SECOND) < 300);
    }

    private static int failures(String which) {
        return DATABASE.sql("SELECT COALESCE(sum(times), 0) FROM audit_log WHERE interaction = 'client-authentication'"
                        + " AND " + which)
                .query(Integer.class)
                .single();
    }

    @Test
    @DisplayName("OA-051: only a slow hash of a secret is compared, in constant time")
    void isStoredAsASlowHash() {
        var stored = SERVER.bean(Clients.class).find(TestWorld.WEB_APP).orElseThrow();

        assertThat(stored.proof().secretHash()).startsWith("$argon2id$").doesNotContain(TestWorld.WEB_SECRET);
        assertThat(stored.toString()).doesNotContain("argon2id");
    }
}
