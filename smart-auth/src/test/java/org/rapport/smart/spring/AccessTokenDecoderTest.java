package org.rapport.smart.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rapport.session.ResourceServer;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

class AccessTokenDecoderTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final JwtDecoder DECODER = SERVER.bean(JwtDecoder.class);

    @SuppressWarnings("unchecked")
    private static RSAKey key() throws KeySourceException {
        JWKSource<SecurityContext> keys = SERVER.bean(JWKSource.class);
        return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                .get(0)
                .toRSAKey();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(SERVER.url())
                .audience(SERVER.url() + "/fhir")
                .subject("alice")
                .expirationTime(ClientAssertion.in(60));
    }

    private static String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return sign(header(), change.apply(claims()).build(), new RSASSASigner(key()));
    }

    private static JWSHeader header() throws KeySourceException {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key().getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build();
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static void assertRefused(String token) {
        assertThatExceptionOfType(JwtException.class).isThrownBy(() -> DECODER.decode(token));
    }

    @Test
    void takesATokenOfThisServerForItsFhirBase() throws JOSEException {
        assertThat(DECODER.decode(signed(claims -> claims)).getSubject()).isEqualTo("alice");
    }

    @Nested
    class Refuses {

        @Test
        @DisplayName("OA-037: a token of another issuer or for another audience is A401")
        void anotherIssuerOrAudience() throws JOSEException {
            ResourceServer.assertRefusesWithinASecond(
                    SERVER, signed(claims -> claims.issuer("https://other.example.org")));
            ResourceServer.assertRefusesWithinASecond(SERVER, signed(claims -> claims.audience(SERVER.url())));
            assertRefused(signed(claims -> claims.issuer("https://other.example.org")));
            assertRefused(signed(claims -> claims.audience("https://other.example.org/fhir")));
            assertRefused(signed(claims -> claims.audience(SERVER.url())));
            assertRefused(signed(claims -> claims.issuer(null)));
        }

        @Test
        void anExpiredOrEndlessOne() throws JOSEException {
            assertRefused(signed(claims -> claims.expirationTime(ClientAssertion.in(-61))));
            assertRefused(signed(claims -> claims.expirationTime(null)));
            assertRefused(signed(claims -> claims.notBeforeTime(ClientAssertion.in(120))));
        }

        @Test
        void anUnsignedOneAndAPublicKeyUsedAsSecret() throws JOSEException {
            assertRefused(new PlainJWT(claims().build()).serialize());
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .keyID(key().getKeyID())
                    .type(new JOSEObjectType("at+jwt"))
                    .build();
            assertRefused(sign(
                    header, claims().build(), new MACSigner(key().toPublicKey().getEncoded())));
        }

        @Test
        void aForeignKeyUnderOurId() throws JOSEException {
            assertRefused(sign(header(), claims().build(), new RSASSASigner(TestWorld.rsa("x"))));
        }

        @Test
        @DisplayName("OA-037: an ID token or a refresh token as bearer is A401")
        void anIdTokenOrARefreshToken() {
            var flow = AuthorizationCodeFlow.at(SERVER.url());
            var tokens = flow.redeem(flow.code(TestWorld.ALICE)).jsonPath();
            ResourceServer.assertRefusesWithinASecond(SERVER, tokens.getString("id_token"));
            ResourceServer.assertRefusesWithinASecond(SERVER, tokens.getString("refresh_token"));

            assertRefused(tokens.getString("id_token"));
            assertRefused(tokens.getString("refresh_token"));
        }

        @Test
        void anotherKindOfTokenWithTheRightClaims() throws JOSEException {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key().getKeyID())
                    .type(JOSEObjectType.JWT)
                    .build();
            assertRefused(sign(header, claims().build(), new RSASSASigner(key())));
        }
    }
}
