package org.rapport.smart.spring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rapport.revocation.spring.UnrevokedTokens;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps grants in the database without the tokens themselves: of a code, access, refresh or ID token only a hash.
 *
 * <p>A grant found by a token carries that token in the clear again and the others as hashes.
 */
final class HashedAuthorizations extends JdbcOAuth2AuthorizationService {

    private static final Duration PURGE_EVERY = Duration.ofMinutes(10);

    private final JdbcOperations database;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final AtomicReference<Instant> nextPurge = new AtomicReference<>(Instant.EPOCH);

    HashedAuthorizations(
            JdbcOperations database,
            RegisteredClientRepository clients,
            TransactionOperations transaction,
            Clock clock) {
        super(database, clients);
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        super.save(withTokens(named(authorization), value -> TokenHash.isHash(value) ? value : TokenHash.of(value)));
        SigningInBrowser.current().ifPresent(browser -> remember(authorization, browser));
        purge();
    }

    /** Where a grant comes from; what was written when it was new stays. */
    private void remember(OAuth2Authorization grant, SigningInBrowser browser) {
        database.update("""
                UPDATE oauth2_authorization SET created_address = ?, created_device = ?, login_session =
                    (SELECT primary_id FROM login_session WHERE session_id = CAST(? AS char(36)))
                WHERE id = ? AND login_session IS NULL""", browser.address(), browser.device(), browser.cookie(), grant.getId());
    }

    /** The grant under the id that its access token names; only a system's token exists before its grant. */
    private static OAuth2Authorization named(OAuth2Authorization authorization) {
        var access = authorization.getAccessToken();
        var claims = access == null ? null : access.getClaims();
        return claims != null && claims.get(UnrevokedTokens.GRANT) instanceof String id
                ? OAuth2Authorization.from(authorization).id(id).build()
                : authorization;
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return transaction.execute(status -> super.findById(id));
    }

    /** In a transaction: a grant's client is looked up while its row is read, and that must not take a second connection. */
    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        if (type != null && OAuth2ParameterNames.STATE.equals(type.getValue())) {
            return transaction.execute(status -> super.findByToken(token, type));
        }
        var hash = TokenHash.of(token);
        var found = transaction.execute(status -> super.findByToken(hash, type));
        return found == null ? null : withTokens(found, value -> value.equals(hash) ? token : value);
    }

    private static OAuth2Authorization withTokens(OAuth2Authorization authorization, UnaryOperator<String> value) {
        var copy = OAuth2Authorization.from(authorization);
        var code = authorization.getToken(OAuth2AuthorizationCode.class);
        if (code != null) {
            var old = code.getToken();
            put(copy, new OAuth2AuthorizationCode(changed(old, value), old.getIssuedAt(), old.getExpiresAt()));
        }
        var access = authorization.getToken(OAuth2AccessToken.class);
        if (access != null) {
            var old = access.getToken();
            put(
                    copy,
                    new OAuth2AccessToken(
                            old.getTokenType(),
                            changed(old, value),
                            old.getIssuedAt(),
                            old.getExpiresAt(),
                            old.getScopes()));
        }
        var refresh = authorization.getToken(OAuth2RefreshToken.class);
        if (refresh != null) {
            var old = refresh.getToken();
            put(copy, new OAuth2RefreshToken(changed(old, value), old.getIssuedAt(), old.getExpiresAt()));
        }
        var id = authorization.getToken(OidcIdToken.class);
        if (id != null) {
            var old = id.getToken();
            put(copy, new OidcIdToken(changed(old, value), old.getIssuedAt(), old.getExpiresAt(), old.getClaims()));
        }
        return copy.build();
    }

    private static String changed(OAuth2Token token, UnaryOperator<String> value) {
        return value.apply(token.getTokenValue());
    }

    /** The metadata of the token it replaces stays. */
    private static void put(OAuth2Authorization.Builder copy, OAuth2Token token) {
        copy.token(token, metadata -> {});
    }

    /** Removes grants of which nothing has been alive for a day, now and then. */
    private void purge() {
        var now = clock.instant();
        var due = nextPurge.get();
        if (now.isBefore(due) || !nextPurge.compareAndSet(due, now.plus(PURGE_EVERY))) {
            return;
        }
        database.update("""
                DELETE FROM oauth2_authorization
                WHERE created_at < now() - interval '1 day'
                  AND COALESCE(GREATEST(authorization_code_expires_at, access_token_expires_at,
                                        refresh_token_expires_at, oidc_id_token_expires_at), created_at)
                      < now() - interval '1 day'""");
    }
}
