package org.rapport.breakglass.spring;

import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rapport.access.PublicOrigin;
import org.rapport.access.Scope;
import org.rapport.access.Scope.Permission;
import org.rapport.account.Account;
import org.rapport.account.AccountLedger;
import org.rapport.account.Accounts;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.breakglass.BreakGlass;
import org.rapport.breakglass.Emergency;
import org.rapport.launch.LaunchContext;
import org.rapport.launch.spring.GrantContext;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Gives an application a token for an emergency that its user has declared on the server's own page: for one patient, to
 * read, and never again.
 *
 * <p>The application declares nothing itself: it could do so without anybody behind it.
 */
public final class EmergencyExchange implements AuthenticationProvider {

    /** Error when the user has declared no such emergency just now, and so has given no fresh factor (RFC 9470). */
    public static final String NOT_DECLARED = "insufficient_user_authentication";

    private static final Set<Permission> TO_READ = Set.of(Permission.READ, Permission.SEARCH);

    private final OAuth2AuthorizationService grants;
    private final Accounts accounts;
    private final BreakGlass glass;
    private final AccountLedger ledger;
    private final EmergencyTokens tokens;

    EmergencyExchange(
            OAuth2AuthorizationService grants,
            Accounts accounts,
            BreakGlass glass,
            AccountLedger ledger,
            EmergencyTokens tokens) {
        this.grants = grants;
        this.accounts = accounts;
        this.glass = glass;
        this.ledger = ledger;
        this.tokens = tokens;
    }

    /** Reads such requests. */
    public static AuthenticationConverter converter(PublicOrigin origin) {
        return ExchangeRequest.converter(origin);
    }

    /** What a refusal has written down stays written. */
    @Override
    public Authentication authenticate(Authentication authentication) {
        var request = (ExchangeRequest) authentication;
        var outcome = ledger.whole(() -> {
            try {
                return new Outcome(exchange(request), null);
            } catch (OAuth2AuthenticationException refusal) {
                return new Outcome(null, refusal);
            }
        });
        if (outcome.refusal() != null) {
            throw outcome.refusal();
        }
        return Objects.requireNonNull(outcome.granted());
    }

    private Authentication exchange(ExchangeRequest request) {
        var client = (OAuth2ClientAuthenticationToken) request.getPrincipal();
        var app = Objects.requireNonNull(client.getRegisteredClient());
        var held = held(request.subjectToken(), app);
        var user = accounts.find(held.getPrincipalName())
                .filter(Account::enabled)
                .orElseThrow(() -> refused(OAuth2ErrorCodes.INVALID_REQUEST));
        var agent = tokens.agent(user, app.getClientId());
        if (!BreakGlass.isOpenTo(user)) {
            glass.refused(agent, "no-right");
            throw refused(OAuth2ErrorCodes.ACCESS_DENIED);
        }
        var scopes = toRead(held.getAuthorizedScopes());
        if (scopes.isEmpty()) {
            throw refused(OAuth2ErrorCodes.INVALID_SCOPE);
        }
        var emergency = glass.take(user.username(), request.patient());
        if (emergency.isEmpty()) {
            glass.refused(agent, "not-declared");
            throw refused(NOT_DECLARED);
        }
        if (!tokens.holdAlive(held.getId())) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        var token = tokens.give(grant(app, held, emergency.get(), scopes), app, request);
        tokens.tie(token.grantId(), held.getId(), emergency.get().session());
        glass.fetched(emergency.get(), token.grantId());
        ledger.done(Kind.TOKEN_ISSUED, agent, token.grantId(), AuthorizationGrantType.TOKEN_EXCHANGE.getValue());
        return new OAuth2AccessTokenAuthenticationToken(
                app, client, token.token(), null, Map.of("issued_token_type", ExchangeRequest.ACCESS_TOKEN));
    }

    /** The grant of a token that a person gave this application; a token of an emergency is exchanged for nothing. */
    private OAuth2Authorization held(String token, RegisteredClient app) {
        var held = grants.findByToken(token, OAuth2TokenType.ACCESS_TOKEN);
        if (held == null
                || !held.getRegisteredClientId().equals(app.getId())
                || !AuthorizationGrantType.AUTHORIZATION_CODE.equals(held.getAuthorizationGrantType())
                || held.getAccessToken() == null
                || !held.getAccessToken().isActive()
                || EmergencyGrant.until(held).isPresent()) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return held;
    }

    private static OAuth2Authorization grant(
            RegisteredClient app, OAuth2Authorization held, Emergency emergency, Set<String> scopes) {
        var grant = OAuth2Authorization.withRegisteredClient(app)
                .principalName(held.getPrincipalName())
                .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
                .authorizedScopes(scopes)
                .attribute(Principal.class.getName(), held.getAttribute(Principal.class.getName()))
                .build();
        var marked = EmergencyGrant.marked(grant, emergency.expiresAt());
        return GrantContext.with(marked, LaunchContext.ofPatient(emergency.patient()));
    }

    /** What the application may read of records anyhow, and nothing that lets it write or come back. */
    private static Set<String> toRead(Set<String> scopes) {
        return scopes.stream()
                .flatMap(text -> Scope.parse(text).stream())
                .filter(scope -> scope.context() != Scope.Context.SYSTEM)
                .map(EmergencyExchange::toRead)
                .filter(scope -> !scope.permissions().isEmpty())
                .map(Scope::text)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Scope toRead(Scope scope) {
        var left = scope.permissions().stream().filter(TO_READ::contains).collect(Collectors.toUnmodifiableSet());
        return new Scope(scope.context(), scope.type(), left, scope.constraint());
    }

    private static OAuth2AuthenticationException refused(String error) {
        return new OAuth2AuthenticationException(error);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return ExchangeRequest.class.isAssignableFrom(authentication);
    }

    private record Outcome(
            @Nullable Authentication granted, @Nullable OAuth2AuthenticationException refusal) {}
}
