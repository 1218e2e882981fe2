package org.rapport.smart.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.PlainJWT;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class ClientAssertionTest {

    private static final String SCOPE = "system/Patient.rs";
    private static final TestServer SERVER = TestServer.shared();

    private static ClientAssertion good() {
        return ClientAssertion.rs384(SERVER.url());
    }

    private static void assertInvalidClient(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"invalid_client\"}");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Nested
    class Opens {

        @Test
        void withRs384() {
            var answer = good().ask(SCOPE);

            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.jsonPath().getString("token_type")).isEqualTo("Bearer");
            assertThat(answer.jsonPath().getString("scope")).isEqualTo(SCOPE);
            assertThat(answer.jsonPath().getInt("expires_in")).isBetween(299, 300);
            assertThat(answer.jsonPath().getString("refresh_token")).isNull();
        }

        @Test
        void withEs384() {
            assertThat(ClientAssertion.es384(SERVER.url()).ask(SCOPE).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void withTheIssuerAsAudience() {
            assertThat(good().claims(claims -> claims.audience(SERVER.url()))
                            .ask(SCOPE)
                            .statusCode())
                    .isEqualTo(200);
        }

        @Test
        void asASystemWithItsScopes() {
            var token = good().ask("system/Patient.rs system/Observation.c")
                    .jsonPath()
                    .getString("access_token");

            var jwt = SERVER.bean(JwtDecoder.class).decode(token);
            assertThat(jwt.getClaims())
                    .containsEntry("sub", TestWorld.BACKEND)
                    .containsEntry("client_id", TestWorld.BACKEND)
                    .containsEntry("scope", "system/Observation.c system/Patient.rs")
                    .containsEntry("roles", List.of("system"))
                    .doesNotContainKeys("patient", "fhirUser");
            assertThat(jwt.getClaimAsString("iss")).isEqualTo(SERVER.url());
            assertThat(jwt.getAudience()).containsExactly(SERVER.url() + "/fhir");
            assertThat(jwt.getId()).isNotBlank();
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(strings = {"https://other.example.org/oauth2/token", "", "http://127.0.0.1/oauth2/token"})
        void anotherAudience(String audience) {
            assertInvalidClient(
                    good().claims(claims -> claims.audience(audience)).ask(SCOPE));
        }

        @ParameterizedTest
        @ValueSource(ints = {-61, 3600})
        void oneThatExpiredOrLivesTooLong(int seconds) {
            assertInvalidClient(good().claims(claims -> claims.expirationTime(ClientAssertion.in(seconds)))
                    .ask(SCOPE));
        }

        @Test
        void oneWithoutEnd() {
            assertInvalidClient(
                    good().claims(claims -> claims.expirationTime(null)).ask(SCOPE));
        }

        @Test
        void oneNotYetValid() {
            assertInvalidClient(good().claims(claims -> claims.notBeforeTime(ClientAssertion.in(120)))
                    .ask(SCOPE));
        }

        @Test
        void oneWithoutId() {
            assertInvalidClient(good().claims(claims -> claims.jwtID(null)).ask(SCOPE));
        }

        @Test
        void oneOfAnotherSubjectOrIssuer() {
            assertInvalidClient(
                    good().claims(claims -> claims.subject(TestWorld.WEB_APP)).ask(SCOPE));
            assertInvalidClient(
                    good().claims(claims -> claims.issuer(TestWorld.WEB_APP)).ask(SCOPE));
            assertInvalidClient(good().claims(claims -> claims.subject("nobody").issuer("nobody"))
                    .ask(SCOPE));
        }

        @Test
        void anUnknownKeyId() {
            assertInvalidClient(good().header(header -> header.keyID("other")).ask(SCOPE));
        }

        @Test
        void noKeyId() {
            assertInvalidClient(good().header(header -> header.keyID(null)).ask(SCOPE));
        }

        @Test
        @DisplayName("OA-033: a foreign key under a known id")
        void aForeignKeyUnderAKnownId() {
            assertInvalidClient(ClientAssertion.signedBy(SERVER.url(), TestWorld.rsa("rsa-1"), JWSAlgorithm.RS384)
                    .ask(SCOPE));
        }

        @Test
        @DisplayName("OA-033: jwk, jku, x5u or x5c in the header")
        void aKeyBroughtAlong() throws JOSEException {
            var foreign = TestWorld.rsa("rsa-1");
            assertInvalidClient(ClientAssertion.signedBy(SERVER.url(), foreign, JWSAlgorithm.RS384)
                    .header(header -> header.jwk(foreign.toPublicJWK()))
                    .ask(SCOPE));
            assertInvalidClient(good().header(header -> header.jwkURL(URI.create("http://127.0.0.1:1/jwks")))
                    .ask(SCOPE));
            assertInvalidClient(good().header(header -> header.x509CertURL(URI.create("http://127.0.0.1:1/x5u")))
                    .ask(SCOPE));
            assertInvalidClient(good().header(header -> header.x509CertChain(List.of(Base64.encode("certificate"))))
                    .ask(SCOPE));
        }

        @Test
        @DisplayName("OA-033: RS256, RS512 or PS384 instead of RS384")
        void theWeakerAlgorithmOfAGoodKey() {
            for (var algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS512, JWSAlgorithm.PS384)) {
                assertInvalidClient(ClientAssertion.signedBy(SERVER.url(), withoutAlgorithm(), algorithm)
                        .ask(SCOPE));
            }
        }

        private RSAKey withoutAlgorithm() {
            return new RSAKey.Builder(TestWorld.RSA).algorithm(null).build();
        }

        @Test
        @DisplayName("OA-033: alg none")
        void anUnsignedOne() {
            var unsigned = new PlainJWT(good().claimsSet()).serialize();
            assertInvalidClient(ClientAssertion.ask(SERVER.url(), unsigned, SCOPE));
        }

        @Test
        @DisplayName("OA-033: HS256 or HS384 with the public key as secret")
        void aPublicKeyUsedAsSecret() throws JOSEException {
            var secret = TestWorld.RSA.toPublicKey().getEncoded();
            for (var algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384)) {
                assertInvalidClient(
                        good().header(header -> new JWSHeader.Builder(algorithm).keyID(TestWorld.RSA.getKeyID()))
                                .signer(new MACSigner(secret))
                                .ask(SCOPE));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "a.b.c", "..", "eyJhbGciOiJub25lIn0..", "%00"})
        void whatIsNoJwt(String text) {
            assertInvalidClient(ClientAssertion.ask(SERVER.url(), text, SCOPE));
        }

        @Test
        void aHugeOne() {
            assertInvalidClient(good().claims(claims -> claims.claim("padding", "x".repeat(20_000)))
                    .ask(SCOPE));
            assertInvalidClient(
                    good().claims(claims -> claims.jwtID("x".repeat(256))).ask(SCOPE));
            assertInvalidClient(
                    good().claims(claims -> claims.audience(Stream.generate(() -> "https://other.example.org/")
                                    .limit(400)
                                    .toList()))
                            .ask(SCOPE));
        }

        @Test
        @DisplayName("OA-033: claims of the wrong kind")
        void claimsOfTheWrongKind() {
            for (var claim : List.of("iss", "sub", "jti")) {
                assertInvalidClient(good().claims(claims -> claims.claim(claim, List.of("x", 1)))
                        .ask(SCOPE));
            }
            for (var claim : List.of("exp", "nbf", "iat")) {
                assertInvalidClient(
                        good().claims(claims -> claims.claim(claim, "tomorrow")).ask(SCOPE));
            }
        }

        @Test
        @DisplayName("OA-033: a weak RSA key cannot be registered")
        void aWeakKey() throws JOSEException {
            var weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SERVER.bean(Clients.class)
                            .registerIfAbsent(ClientRegistration.backendClient(
                                    "weak", "Weak", new JWKSet(weak.toPublicJWK()).toString(), Set.of(SCOPE))));
        }

        @Test
        void andStoresNothingOfARefusedOne() {
            var id = UUID.randomUUID().toString();

            assertInvalidClient(good().claims(claims -> claims.jwtID(id).audience("https://other.example.org"))
                    .ask(SCOPE));

            assertThat(good().claims(claims -> claims.jwtID(id)).ask(SCOPE).statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class RefusesTheScope {

        @ParameterizedTest
        @ValueSource(strings = {"user/Patient.rs", "patient/*.rs", "system/Foo.rs", "system/*.su", "openid", ""})
        void thatTheClientCannotHave(String scope) {
            var answer = good().ask(scope);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.asString()).isEqualTo("{\"error\":\"invalid_scope\"}");
        }
    }
}
