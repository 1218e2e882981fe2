package org.rapport.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Access tokens as the authorization server makes them, signed with a key of the test's own. */
public final class TestTokens {

    /** After every moment a test runs at. */
    private static final Date LATER = Date.from(Instant.parse("2090-01-01T00:00:00Z"));

    private static final RSAKey KEY = key();

    private TestTokens() {}

    /** Accepts what {@link #signed} makes. */
    public static JwtDecoder decoder() {
        try {
            return NimbusJwtDecoder.withPublicKey(KEY.toRSAPublicKey()).build();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A backend client that may do everything. */
    public static String system(String scope) {
        return signed(
                claims -> claims.subject("demo-backend").claim("scope", scope).claim("roles", List.of("system")));
    }

    /** A patient with an app that may do everything in the own record. */
    public static String patient(String id) {
        return signed(claims -> claims.subject(id)
                .claim("scope", "openid fhirUser patient/*.cruds")
                .claim("roles", List.of("patient"))
                .claim("fhirUser", "Patient/" + id)
                .claim("patient", id));
    }

    /** A practitioner with an app that may do everything the practitioner may. */
    public static String clinician(String id) {
        return person(id, "clinician");
    }

    /** Somebody with a role and an app that may do everything the user may. */
    public static String person(String id, String role) {
        return signed(claims -> claims.subject(id)
                .claim("scope", "user/*.cruds")
                .claim("roles", List.of(role))
                .claim("fhirUser", "Practitioner/" + id));
    }

    /** Any token; what it lacks is left out of the valid one. */
    public static String signed(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(change, KEY);
    }

    /** A token nobody here has signed. */
    public static String forged() {
        return signed(claims -> claims.subject("demo-backend").claim("scope", "system/*.cruds"), key());
    }

    private static String signed(UnaryOperator<JWTClaimsSet.Builder> change, RSAKey key) {
        var claims = change.apply(new JWTClaimsSet.Builder()
                .claim("client_id", "demo-app")
                .claim("grant_id", "test-grant")
                .jwtID("test")
                .expirationTime(LATER));
        try {
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims.build());
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
