package org.rapport.smart.spring;

import org.rapport.session.Grants;
import org.rapport.smart.TokenHash;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenRevocationAuthenticationToken;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends the grant of a token at its client's wish, whichever of its tokens comes.
 *
 * <p>A token of another client stays alive, and a client learns nothing of a token that is not its own.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>
 */
final class Revocation implements AuthenticationProvider {

    private final GrantRows rows;
    private final Grants grants;
    private final TokenAudit audit;
    private final TransactionOperations transaction;

    Revocation(GrantRows rows, Grants grants, TokenAudit audit, TransactionOperations transaction) {
        this.rows = rows;
        this.grants = grants;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        var request = (OAuth2TokenRevocationAuthenticationToken) authentication;
        transaction.executeWithoutResult(status -> revoke(request));
        // a token of any kind makes it an answer; the endpoint shows nothing of it
        return new OAuth2TokenRevocationAuthenticationToken(
                new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, request.getToken(), null, null),
                client(request));
    }

    private void revoke(OAuth2TokenRevocationAuthenticationToken request) {
        var client = client(request);
        var grant = rows.lockByAnyToken(TokenHash.of(request.getToken()));
        if (grant.isEmpty()) {
            audit.notRevoked(client, grant, "unknown");
        } else if (!grant.get().clientId().equals(client.getName())) {
            audit.notRevoked(client, grant, "other-client");
        } else {
            grants.end(grant.get().id());
            audit.revoked(client, grant.get());
        }
    }

    private static Authentication client(OAuth2TokenRevocationAuthenticationToken request) {
        return (Authentication) request.getPrincipal();
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2TokenRevocationAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
