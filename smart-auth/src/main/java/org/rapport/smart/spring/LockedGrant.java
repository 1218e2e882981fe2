package org.rapport.smart.spring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rapport.smart.TokenHash;
import org.rapport.smart.spring.GrantRows.GrantRow;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
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
    private final GrantRows rows;
    private final GrantEnds ends;
    private final TokenAudit audit;
    private final TransactionOperations transaction;

    LockedGrant(
            AuthenticationProvider exchange,
            GrantRows rows,
            GrantEnds ends,
            TokenAudit audit,
            TransactionOperations transaction) {
        this.exchange = exchange;
        this.rows = rows;
        this.ends = ends;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        var outcome = transaction.execute(status -> attempt((OAuth2AuthorizationGrantAuthenticationToken) request));
        if (outcome == null) {
            throw new IllegalStateException("The exchange of a token ended without an outcome.");
        }
        if (outcome.refusal() != null) {
            throw outcome.refusal();
        }
        return outcome.granted();
    }

    private Outcome attempt(OAuth2AuthorizationGrantAuthenticationToken request) {
        try {
            if (request instanceof OAuth2RefreshTokenAuthenticationToken refresh) {
                return new Outcome(refresh(refresh), null);
            }
            if (request instanceof OAuth2AuthorizationCodeAuthenticationToken code) {
                return new Outcome(redeem(code), null);
            }
            return new Outcome(issue(request), null);
        } catch (OAuth2AuthenticationException refusal) {
            return new Outcome(null, refusal);
        }
    }

    private @Nullable Authentication issue(OAuth2AuthorizationGrantAuthenticationToken request) {
        try {
            var granted = exchange.authenticate(request);
            audit.issued(request, Optional.empty());
            return granted;
        } catch (OAuth2AuthenticationException refusal) {
            audit.notIssued(request, Optional.empty(), refusal);
            throw refusal;
        }
    }

    /** A code that was refused is dead, with whatever it gave: it was stolen, used twice or too old. */
    private @Nullable Authentication redeem(OAuth2AuthorizationCodeAuthenticationToken request) {
        var grant = rows.lockByCode(TokenHash.of(request.getCode()));
        try {
            grant.ifPresent(ends::requireSession);
            var granted = exchange.authenticate(request);
            audit.issued(request, grant);
            return granted;
        } catch (OAuth2AuthenticationException refusal) {
            if (grant.filter(GrantRow::redeemed).isPresent()) {
                audit.reused(request, grant.get(), "code");
            } else {
                audit.notIssued(request, grant, refusal);
            }
            grant.ifPresent(ends::end);
            throw refusal;
        }
    }

    private @Nullable Authentication refresh(OAuth2RefreshTokenAuthenticationToken request) {
        var hash = TokenHash.of(request.getRefreshToken());
        var grant = rows.lockByRefreshToken(hash);
        if (grant.isEmpty()) {
            throw comesTwice(request, hash);
        }
        try {
            ends.requireOnline(grant.get());
            var granted = exchange.authenticate(request);
            rows.spend(hash, grant.get());
            audit.refreshed(request, grant.get());
            return granted;
        } catch (OAuth2AuthenticationException refusal) {
            audit.notRefreshed(request, grant, refusal);
            throw refusal;
        }
    }

    /**
     * A token spent before this request came was copied: nobody can tell the thief from the owner, so both lose. One
     * spent while the request was on its way is the owner's own second request.
     */
    private OAuth2AuthenticationException comesTwice(OAuth2RefreshTokenAuthenticationToken request, String hash) {
        var refusal = new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        var family = rows.familyOfSpent(hash, Arrival.elapsed());
        if (family.isPresent()) {
            ends.copied(family.get());
            audit.reused(request, family.get(), "refresh-token");
        } else {
            audit.notRefreshed(request, Optional.empty(), refusal);
        }
        return refusal;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return exchange.supports(authentication);
    }

    private record Outcome(
            @Nullable Authentication granted, @Nullable OAuth2AuthenticationException refusal) {}
}
