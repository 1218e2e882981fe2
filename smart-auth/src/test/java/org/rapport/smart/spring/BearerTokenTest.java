package org.rapport.smart.spring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
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
import org.junit.jupiter.api.Test;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.ClientAssertion;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

/** What the FHIR base answers to tokens that are none for it: A401, to the letter. */
class BearerTokenTest {

    private static final TestServer SERVER = TestServer.shared();

    @Test
    @DisplayName("OA-037: an id_token or a refresh token as bearer")
    void refusesOtherTokensOfTheSameGrant() {
        var flow = AuthorizationCodeFlow.at(SERVER.url());
        var tokens = flow.redeem(flow.code(TestWorld.ALICE)).jsonPath();
        assertRefused(tokens.getString("id_token"), "login", "Authentication required");
        assertRefused(tokens.getString("refresh_token"), "login", "Authentication required");
        assertThat(given().auth()
                        .oauth2(tokens.getString("access_token"))
                        .get(SERVER.url() + "/fhir/Patient/alice")
                        .statusCode())
                .isNotEqualTo(401);
    }

    @Test
    @DisplayName("OA-037: another issuer's token, or one for another audience")
    void refusesTokensOfOthersAndForOthers() throws JOSEException {
        assertRefused(signed(claims -> claims.issuer("https://other.example.org")), "login", "Authentication required");
        assertRefused(
                signed(claims -> claims.audience("https://other.example.org/fhir")),
                "login",
                "Authentication required");
    }

    @Test
    void tellsThatATokenHasExpired() throws JOSEException {
        assertRefused(
                signed(claims -> claims.expirationTime(ClientAssertion.in(-61))),
                "expired",
                "Access token has expired");
        assertRefused(
                signed(claims -> claims.expirationTime(ClientAssertion.in(-61)).issuer("https://other.example.org")),
                "login",
                "Authentication required");
    }

    @Test
    void refusesGarbage() {
        assertRefused("x", "login", "Authentication required");
        assertRefused("a.b.c", "login", "Authentication required");
        assertRefused(new PlainJWT(claims().build()).serialize(), "login", "Authentication required");
    }

    private static void assertRefused(String token, String code, String text) {
        var answer = given().auth().oauth2(token).get(SERVER.url() + "/fhir/Patient/alice");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString())
                .isEqualTo("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\""
                        + code + "\",\"diagnostics\":\"" + text + "\"}]}");
        assertThat(answer.getHeaders().getValues("WWW-Authenticate")).containsExactly("Bearer error=\"invalid_token\"");
        assertThat(answer.getHeaders().getValues("Cache-Control")).containsExactly("no-store");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(SERVER.url())
                .audience(SERVER.url() + "/fhir")
                .subject("alice")
                .claim("client_id", TestWorld.PUBLIC_APP)
                .expirationTime(ClientAssertion.in(60));
    }

    private static String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key().getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build();
        var jwt = new SignedJWT(header, change.apply(claims()).build());
        jwt.sign(new RSASSASigner(key()));
        return jwt.serialize();
    }

    @SuppressWarnings("unchecked")
    private static RSAKey key() throws KeySourceException {
        JWKSource<SecurityContext> keys = SERVER.bean(JWKSource.class);
        return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                .get(0)
                .toRSAKey();
    }
}
