package org.rapport.session.spring;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.util.Optional;
import org.rapport.access.PublicOrigin;
import org.rapport.smart.TokenHash;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Reads ID tokens that come back with a wish to sign out; they may have expired meanwhile. */
final class IdTokenHints {

    private final JwtDecoder decoder;

    IdTokenHints(JWKSource<SecurityContext> keys, PublicOrigin origin) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var idTokens = new NimbusJwtDecoder(processor);
        idTokens.setJwtValidator(new JwtIssuerValidator(origin.baseUrl()));
        this.decoder = idTokens;
    }

    /** What the token says; empty when it is no ID token of this server. */
    Optional<Hint> read(String token) {
        try {
            return hint(token, decoder.decode(token));
        } catch (JwtException e) {
            return Optional.empty();
        }
    }

    private static Optional<Hint> hint(String token, Jwt jwt) {
        var audience = jwt.getAudience();
        var subject = jwt.getSubject();
        return audience == null || audience.size() != 1 || subject == null
                ? Optional.empty()
                : Optional.of(new Hint(subject, audience.get(0), TokenHash.of(token)));
    }

    /**
     * Whom an ID token is about.
     *
     * @param clientId whom it was made for
     * @param hash under which its grant is stored, if that is still there
     */
    record Hint(String username, String clientId, String hash) {}
}
