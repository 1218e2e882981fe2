package org.rapport.registration.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rapport.audit.Agent;
import org.rapport.registration.InitialAccessTokens;
import org.rapport.session.PostLogoutRedirects;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.KeyPeer;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

class RegistrationEndpointTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Agent ADMIN = Agent.signedIn("admin", "192.0.2.1");

    private final String name = "Registered " + UUID.randomUUID();

    private static String initialToken(int uses) {
        return SERVER.bean(InitialAccessTokens.class).create("test", uses, Duration.ofHours(1), ADMIN);
    }

    private Map<String, Object> metadata() {
        var metadata = new HashMap<String, Object>();
        metadata.put("client_name", name);
        metadata.put("redirect_uris", List.of("http://127.0.0.1/callback", "https://phone.example.org/cb"));
        metadata.put("token_endpoint_auth_method", "none");
        metadata.put("grant_types", List.of("authorization_code", "refresh_token"));
        metadata.put("scope", "openid fhirUser launch/patient patient/*.rs offline_access");
        return metadata;
    }

    private static Response register(String server, String token, Map<String, Object> metadata) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(JSONObjectUtils.toJSONString(metadata))
                .post(server + "/oauth2/register");
    }

    private static Response register(String token, Map<String, Object> metadata) {
        return register(SERVER.url(), token, metadata);
    }

    private long stored() {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT count(*) FROM smart_client WHERE name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    private static int usesLeft(String note) {
        return SERVER.bean(InitialAccessTokens.class).list().stream()
                .filter(token -> token.note().equals(note))
                .mapToInt(InitialAccessTokens.Listed::usesLeft)
                .sum();
    }

    @Nested
    class Registers {

        @Test
        void aPublicAppThatSignsPeopleInThen() {
            var answer = register(initialToken(1), metadata());

            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
            assertThat(answer.header("Cache-Control")).contains("no-store");
            var app = answer.jsonPath();
            assertThat(app.getString("client_name")).isEqualTo(name);
            assertThat(app.getLong("client_id_issued_at")).isPositive();
            assertThat(app.getString("client_secret")).isNull();
            assertThat(app.getList("redirect_uris", String.class))
                    .containsExactly("http://127.0.0.1/callback", "https://phone.example.org/cb");
            var flow = AuthorizationCodeFlow.at(SERVER.url()).with("client_id", app.getString("client_id"));
            assertThat(flow.redeem(flow.code(TestWorld.ALICE)).statusCode()).isEqualTo(200);
        }

        @Test
        void whereAnAppReturnsAfterSigningOut() {
            var metadata = metadata();
            metadata.put("post_logout_redirect_uris", List.of(TestWorld.GOODBYE));

            var app = register(initialToken(1), metadata).jsonPath();

            assertThat(app.getList("post_logout_redirect_uris", String.class)).containsExactly(TestWorld.GOODBYE);
            assertThat(SERVER.bean(PostLogoutRedirects.class).allows(app.getString("client_id"), TestWorld.GOODBYE))
                    .isTrue();
        }

        @Test
        void aConfidentialAppWithASecretOfTheServer() {
            var metadata = metadata();
            metadata.remove("token_endpoint_auth_method");
            metadata.put("redirect_uris", List.of(TestWorld.WEB_REDIRECT));

            var app = register(initialToken(1), metadata).jsonPath();

            assertThat(app.getString("client_secret")).matches("[A-Za-z0-9_-]{43}");
            assertThat(app.getInt("client_secret_expires_at")).isZero();
            assertThat(given().auth()
                            .preemptive()
                            .basic(app.getString("client_id"), app.getString("client_secret"))
                            .formParam("token", "x")
                            .post(SERVER.url() + "/oauth2/introspect")
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void anAppThatPublishesItsKeysWithoutFetchingThem() {
            try (var peer = new KeyPeer(new JWKSet(TestWorld.RSA.toPublicJWK()).toString())) {
                var metadata = metadata();
                metadata.put("token_endpoint_auth_method", "private_key_jwt");
                metadata.put("redirect_uris", List.of(TestWorld.WEB_REDIRECT));
                metadata.put("jwks_uri", peer.allowed("/jwks"));
                var app = register(initialToken(1), metadata).jsonPath();
                assertThat(peer.hits()).isZero();

                var clientId = app.getString("client_id");
                var introspection = given().formParam("token", "x")
                        .formParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                        .formParam(
                                "client_assertion",
                                ClientAssertion.signedBy(SERVER.url(), TestWorld.RSA, JWSAlgorithm.RS384)
                                        .claims(claims ->
                                                claims.issuer(clientId).subject(clientId))
                                        .serialize())
                        .post(SERVER.url() + "/oauth2/introspect");
                assertThat(introspection.statusCode())
                        .as(introspection.asString())
                        .isEqualTo(200);
                assertThat(peer.hits()).isEqualTo(1);
            }
        }

        @Test
        void andShowsAndRemovesItForWhoeverHoldsItsToken() {
            var app = register(initialToken(1), metadata()).jsonPath();
            var place = app.getString("registration_client_uri");
            var bearer = "Bearer " + app.getString("registration_access_token");

            assertThat(place).isEqualTo(SERVER.url() + "/oauth2/register/" + app.getString("client_id"));
            var shown = given().header("Authorization", bearer).get(place);
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.jsonPath().getString("client_name")).isEqualTo(name);
            assertThat(given().header("Authorization", "Bearer other")
                            .get(place)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(given().header("Authorization", bearer).put(place).statusCode())
                    .isEqualTo(405);
            assertThat(given().header("Authorization", bearer).delete(place).statusCode())
                    .isEqualTo(204);
            assertThat(given().header("Authorization", bearer).get(place).statusCode())
                    .isEqualTo(401);
            assertThat(stored()).isZero();
        }

        @Test
        void oneAppByATokenForOneUsedManyTimesAtOnceOnTwoInstances() {
            try (var other = SERVER.another()) {
                var token = initialToken(1);

                var answers = Together.times(
                        8,
                        i -> register(i % 2 == 0 ? SERVER.url() : other.url(), token, metadata())
                                .statusCode());

                assertThat(answers).containsOnly(201, 401).containsOnlyOnce(201);
                assertThat(stored()).isEqualTo(1);
            }
        }
    }

    @Nested
    @DisplayName("OA-035: registration refuses")
    class Refuses {

        @ParameterizedTest(name = "OA-035: {0} for {1} {2}")
        @MethodSource("org.rapport.registration.spring.WrongMetadata#all")
        void metadata(String error, String member, Object value) {
            var metadata = RegistrationEndpointTest.this.metadata();
            metadata.put(member, value);
            var token = SERVER.bean(InitialAccessTokens.class).create(name, 1, Duration.ofHours(1), ADMIN);

            var answer = register(token, metadata);

            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
            assertThat(answer.jsonPath().getString("error")).isEqualTo(error);
            assertThat(stored()).isZero();
            assertThat(usesLeft(name)).isEqualTo(1);
        }

        @Test
        @DisplayName("OA-035: keys inside the house, asking nobody")
        void keysInside() {
            try (var peer = new KeyPeer("{}")) {
                for (var place : List.of(
                        peer.forbidden("/jwks"),
                        "https://10.0.0.1/jwks",
                        "https://metadata.google.internal/",
                        "file:///k")) {
                    var metadata = RegistrationEndpointTest.this.metadata();
                    metadata.put("token_endpoint_auth_method", "private_key_jwt");
                    metadata.put("redirect_uris", List.of(TestWorld.WEB_REDIRECT));
                    metadata.put("jwks_uri", place);

                    var answer = register(initialToken(1), metadata);

                    assertThat(answer.statusCode()).isEqualTo(400);
                    assertThat(answer.jsonPath().getString("error")).isEqualTo("invalid_client_metadata");
                }
                assertThat(peer.hits()).isZero();
                assertThat(stored()).isZero();
            }
        }

        @Test
        @DisplayName("OA-035: a body that is no JSON object, too long or of another type")
        void noMetadata() {
            for (var body : List.of("", "[]", "{", "\"x\"", "{\"client_name\":\"" + "x".repeat(20_000) + "\"}")) {
                var answer = given().header("Authorization", "Bearer " + initialToken(1))
                        .contentType("application/json")
                        .body(body)
                        .post(SERVER.url() + "/oauth2/register");
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.jsonPath().getString("error")).isEqualTo("invalid_client_metadata");
            }
        }

        @Test
        @DisplayName("OA-035: whoever has no initial access token, a spent or an expired one")
        void withoutAToken() {
            var none = given().contentType("application/json")
                    .body(JSONObjectUtils.toJSONString(RegistrationEndpointTest.this.metadata()))
                    .post(SERVER.url() + "/oauth2/register");
            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
            var token = initialToken(1);
            JdbcClient.create(SERVER.bean(DataSource.class))
                    .sql("UPDATE initial_access_token SET expires_at = now() - interval '1 second' WHERE note = 'test'")
                    .update();

            var answer = register(token, RegistrationEndpointTest.this.metadata());

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.jsonPath().getString("error")).isEqualTo("invalid_token");
            assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
            assertThat(stored()).isZero();
        }

        @Test
        void anInitialTokenWithoutBounds() {
            var tokens = SERVER.bean(InitialAccessTokens.class);
            assertThatIllegalArgumentException().isThrownBy(() -> tokens.create("x", 0, Duration.ofHours(1), ADMIN));
            assertThatIllegalArgumentException().isThrownBy(() -> tokens.create("x", 1, Duration.ofDays(31), ADMIN));
        }

        @Test
        void aRevokedInitialToken() {
            var tokens = SERVER.bean(InitialAccessTokens.class);
            var token = tokens.create(name, 5, Duration.ofHours(1), ADMIN);
            var id = tokens.list().stream()
                    .filter(listed -> listed.note().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .id();

            assertThat(tokens.revoke(id, ADMIN)).isTrue();

            assertThat(register(token, RegistrationEndpointTest.this.metadata()).statusCode())
                    .isEqualTo(401);
        }
    }
}
