package org.rapport.smart.spring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationToken;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Exchanges a code or a refresh token in one transaction that holds the grant's row, so that of many requests with the
 * same token one succeeds, on whichever instance they arrive.
 *
 * <p>What a refused exchange has revoked stays revoked: a refusal is committed like a success.
 */
final class LockedGrant implements AuthenticationProvider {

    private final AuthenticationProvider exchange;
    private final JdbcClient database;
    private final TransactionOperations transaction;

    LockedGrant(AuthenticationProvider exchange, JdbcClient database, TransactionOperations transaction) {
        this.exchange = exchange;
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        var outcome = transaction.execute(status -> attempt(request));
        if (outcome == null) {
            throw new IllegalStateException("The exchange of a token ended without an outcome.");
        }
        if (outcome.refusal() != null) {
            throw outcome.refusal();
        }
        return outcome.granted();
    }

    private Outcome attempt(Authentication request) {
        try {
            if (request instanceof OAuth2RefreshTokenAuthenticationToken refresh) {
                return new Outcome(refresh(refresh), null);
            }
            if (request instanceof OAuth2AuthorizationCodeAuthenticationToken code) {
                lock("authorization_code_value", TokenHash.of(code.getCode()));
            }
            return new Outcome(exchange.authenticate(request), null);
        } catch (OAuth2AuthenticationException refusal) {
            return new Outcome(null, refusal);
        }
    }

    private @Nullable Authentication refresh(OAuth2RefreshTokenAuthenticationToken request) {
        var hash = TokenHash.of(request.getRefreshToken());
        var grant = lock("refresh_token_value", hash);
        if (grant.isEmpty()) {
            revokeFamily(hash);
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        var granted = exchange.authenticate(request);
        database.sql("INSERT INTO spent_refresh_token (token_hash, authorization_id, spent_at)"
                        + " VALUES (?, ?, clock_timestamp())")
                .params(hash, grant.get())
                .update();
        return granted;
    }

    /**
     * A token spent before this request began was copied: nobody can tell the thief from the owner, so both lose. One
     * spent while the request waited is the owner's own second request.
     */
    private void revokeFamily(String hash) {
        database.sql("""
                        DELETE FROM oauth2_authorization WHERE id IN
                            (SELECT authorization_id FROM spent_refresh_token WHERE token_hash = ? AND spent_at <= now())""").param(hash).update();
    }

    private Optional<String> lock(String column, String hash) {
        return database.sql("SELECT id FROM oauth2_authorization WHERE " + column + " = ? FOR UPDATE")
                .param(hash)
                .query(String.class)
                .optional();
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return exchange.supports(authentication);
    }

    private record Outcome(
            @Nullable Authentication granted, @Nullable OAuth2AuthenticationException refusal) {}
}
