package org.rapport.revocation.spring;

import org.rapport.revocation.RevocationsUnknown;
import org.rapport.revocation.RevokedGrants;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Takes good access tokens unless their grant was revoked; one that names no grant is none of this server's. */
public final class UnrevokedTokens implements JwtDecoder {

    /** Claim with the id of the grant that an access token belongs to. */
    public static final String GRANT = "grant_id";

    private final JwtDecoder tokens;
    private final RevokedGrants revoked;

    /** Asks about each token that {@code tokens} finds good. */
    public UnrevokedTokens(JwtDecoder tokens, RevokedGrants revoked) {
        this.tokens = tokens;
        this.revoked = revoked;
    }

    /**
     * The token's claims.
     *
     * @throws BadJwtException when the token is no good or no good any more
     * @throws JwtException when nobody can tell now
     */
    @Override
    public Jwt decode(String token) {
        var jwt = tokens.decode(token);
        if (!(jwt.getClaims().get(GRANT) instanceof String grant) || isRevoked(grant)) {
            throw new BadJwtException("The grant of the token has ended");
        }
        return jwt;
    }

    private boolean isRevoked(String grant) {
        try {
            return revoked.isRevoked(grant);
        } catch (RevocationsUnknown e) {
            throw new JwtException("Whether the grant of the token has ended is unknown", e);
        }
    }
}
