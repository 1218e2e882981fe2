package org.rapport.revocation.spring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Remembers for five seconds which tokens were found good: their signature need not be computed for each request.
 *
 * <p>Only what the token says never changes is remembered; whether it is still its time is asked again, and who uses this
 * asks whether its grant was revoked. Five seconds are what a removed key may be known for anyhow.
 */
public final class RecentlyVerified implements JwtDecoder {

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST = 2_000;

    private final JwtDecoder tokens;
    private final OAuth2TokenValidator<Jwt> alive;
    private final Cache<String, Jwt> verified =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    /**
     * Remembers what {@code tokens} finds good.
     *
     * @param alive tells whether a token is still, and already, to be taken
     */
    public RecentlyVerified(JwtDecoder tokens, OAuth2TokenValidator<Jwt> alive) {
        this.tokens = tokens;
        this.alive = alive;
    }

    /**
     * The token's claims.
     *
     * @throws JwtException when the token is no good
     */
    @Override
    public Jwt decode(String token) {
        var known = verified.getIfPresent(token);
        if (known != null) {
            return stillAlive(known);
        }
        var jwt = tokens.decode(token);
        verified.put(token, jwt);
        return jwt;
    }

    private Jwt stillAlive(Jwt jwt) {
        var result = alive.validate(jwt);
        if (result.hasErrors()) {
            throw new JwtValidationException("The time of the token is over", result.getErrors());
        }
        return jwt;
    }
}
