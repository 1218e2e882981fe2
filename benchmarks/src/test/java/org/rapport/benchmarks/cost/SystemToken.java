package org.rapport.benchmarks.cost;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * An access token of a backend client that may do everything, and the decoder that accepts it.
 *
 * @param key the test's own, in place of the authorization server's
 */
record SystemToken(RSAKey key) implements Supplier<String> {

    /** After every moment a probe runs at. */
    private static final Date LATER = Date.from(Instant.parse("2090-01-01T00:00:00Z"));

    @Override
    public String get() {
        var claims = new JWTClaimsSet.Builder()
                .subject("benchmark")
                .claim("client_id", "benchmark")
                .claim("grant_id", "benchmark")
                .claim("scope", "system/*.cruds")
                .claim("roles", List.of("system"))
                .jwtID("benchmark")
                .expirationTime(LATER)
                .build();
        try {
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    JwtDecoder decoder() {
        try {
            return NimbusJwtDecoder.withPublicKey(key.toRSAPublicKey()).build();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
