package org.rapport.smart.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
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

        @Test
        void aSecondUse() {
            var assertion = good().serialize();

            assertThat(ClientAssertion.ask(SERVER.url(), assertion, SCOPE).statusCode())
                    .isEqualTo(200);
            assertInvalidClient(ClientAssertion.ask(SERVER.url(), assertion, SCOPE));
        }

        @Test
        void allButOneOfManyUsesAtOnceOnTwoInstances() {
            try (var other = SERVER.another()) {
                var assertion = good().serialize();

                var answers = Together.times(
                        20,
                        i -> ClientAssertion.ask(i % 2 == 0 ? SERVER.url() : other.url(), assertion, SCOPE)
                                .statusCode());

                assertThat(answers).containsOnly(200, 401).containsOnlyOnce(200);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://other.example.org/oauth2/token", "", "http://127.0.0.1/oauth2/token"})
        void anotherAudience(String audience) {
            assertInvalidClient(
                    good().claims(claims -> claims.audience(audience)).ask(SCOPE));
        }

        @Test
        void anExpiredOne() {
            assertInvalidClient(good().claims(claims -> claims.expirationTime(ClientAssertion.in(-61)))
                    .ask(SCOPE));
        }

        @Test
        void oneThatLivesTooLong() {
            assertInvalidClient(good().claims(claims -> claims.expirationTime(ClientAssertion.in(3600)))
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
        void aForeignKeyUnderAKnownId() {
            assertInvalidClient(ClientAssertion.signedBy(SERVER.url(), TestWorld.rsa("rsa-1"), JWSAlgorithm.RS384)
                    .ask(SCOPE));
        }

        @Test
        void aKeyBroughtAlong() throws JOSEException {
            var foreign = TestWorld.rsa("rsa-1");
            assertInvalidClient(ClientAssertion.signedBy(SERVER.url(), foreign, JWSAlgorithm.RS384)
                    .header(header -> header.jwk(foreign.toPublicJWK()))
                    .ask(SCOPE));
            assertInvalidClient(good().header(header -> header.jwkURL(URI.create("http://127.0.0.1:1/jwks")))
                    .ask(SCOPE));
            assertInvalidClient(good().header(header -> header.x509CertURL(URI.create("http://127.0.0.1:1/x5u")))
                    .ask(SCOPE));
        }

        @Test
        void theWeakerAlgorithmOfAGoodKey() {
            assertInvalidClient(ClientAssertion.signedBy(SERVER.url(), TestWorld.RSA, JWSAlgorithm.RS256)
                    .ask(SCOPE));
        }

        @Test
        void anUnsignedOne() {
            var unsigned = new PlainJWT(good().claimsSet()).serialize();
            assertInvalidClient(ClientAssertion.ask(SERVER.url(), unsigned, SCOPE));
        }

        @Test
        void aPublicKeyUsedAsSecret() throws JOSEException {
            var secret = TestWorld.RSA.toPublicKey().getEncoded();
            assertInvalidClient(
                    good().header(header -> new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(TestWorld.RSA.getKeyID()))
                            .signer(new MACSigner(secret))
                            .ask(SCOPE));
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
