package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class ClientSecretTest {

    private static final TestServer SERVER = TestServer.shared();

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
    @DisplayName("OA-051: only a slow hash of a secret is compared, in constant time")
    void isStoredAsASlowHash() {
        var stored = SERVER.bean(Clients.class).find(TestWorld.WEB_APP).orElseThrow();

        assertThat(stored.proof().secretHash()).startsWith("$argon2id$").doesNotContain(TestWorld.WEB_SECRET);
        assertThat(stored.toString()).doesNotContain("argon2id");
    }
}
