package org.rapport.authorize.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.launch.LaunchContext;
import org.rapport.launch.LaunchTarget;
import org.rapport.launch.Launches;
import org.rapport.launch.Reachable;
import org.rapport.launch.spring.GrantContext;
import org.rapport.smart.SmartScope;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes an authorization request: checks it, uses up its launch, finds the patient where there is only one, decides
 * whether the person must be asked, and leaves the rest to Spring Authorization Server.
 *
 * <p>All in one transaction: a launch is used up exactly when its authorization is stored.
 */
final class LaunchedAuthorization implements AuthenticationProvider {

    private static final Authentication NOBODY =
            new AnonymousAuthenticationToken("nobody", "nobody", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
    private static final OAuth2TokenType STATE = new OAuth2TokenType(OAuth2ParameterNames.STATE);
    private static final OAuth2TokenType CODE = new OAuth2TokenType(OAuth2ParameterNames.CODE);

    private final AuthorizationRequestRules rules;
    private final Launches launches;
    private final Reachable patients;
    private final GrantStores stores;
    private final TransactionOperations transaction;

    LaunchedAuthorization(
            AuthorizationRequestRules rules,
            Launches launches,
            Reachable patients,
            GrantStores stores,
            TransactionOperations transaction) {
        this.rules = rules;
        this.launches = launches;
        this.patients = patients;
        this.stores = stores;
        this.transaction = transaction;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        var request = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        var client = stores.clients().findByClientId(request.getClientId());
        if (client == null) {
            throw Refusals.page(OAuth2ParameterNames.CLIENT_ID);
        }
        rules.check(client, request);
        if (!isSignedIn(request)) {
            requireOpenLaunch(request);
            return provider(true).authenticate(request);
        }
        return transaction.execute(status -> authorize(client, request));
    }

    /** Why a request that is kept elsewhere is not taken. */
    RuntimeException keptElsewhere(HttpServletRequest request) {
        var client = stores.clients().findByClientId(text(request, OAuth2ParameterNames.CLIENT_ID));
        return client == null
                ? Refusals.page(OAuth2ParameterNames.CLIENT_ID)
                : rules.keptElsewhere(
                        client,
                        new OAuth2AuthorizationCodeRequestAuthenticationToken(
                                request.getRequestURI(),
                                client.getClientId(),
                                NOBODY,
                                text(request, OAuth2ParameterNames.REDIRECT_URI),
                                text(request, OAuth2ParameterNames.STATE),
                                Set.of(),
                                Map.of()));
    }

    private static String text(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }

    private @Nullable Authentication authorize(
            RegisteredClient client, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        var person = person(request);
        boolean needsPatient = request.getScopes().stream().anyMatch(SmartScope::needsPatient);
        var context = context(request, needsPatient);
        boolean asks = (needsPatient && context.patient().isEmpty())
                || wantsToBeAsked(request)
                || !stores.remembered()
                        .cover(client, String.valueOf(request.getRedirectUri()), person, request.getScopes());
        var answer = provider(asks).authenticate(request);
        keep(answer, context);
        if (!asks) {
            stores.audit().granted(request, person, client.getClientId(), "remembered");
        }
        return answer;
    }

    private LaunchContext context(OAuth2AuthorizationCodeRequestAuthenticationToken request, boolean needsPatient) {
        var context = launch(request);
        if (!needsPatient || context.patient().isPresent()) {
            return context;
        }
        var known = patients.by(person(request), "", 2);
        if (known.isEmpty()) {
            throw Refusals.redirect(OAuth2ErrorCodes.ACCESS_DENIED, OAuth2ParameterNames.SCOPE, request);
        }
        return known.size() == 1 ? context.withPatient(known.get(0).id()) : context;
    }

    private LaunchContext launch(OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        if (!(request.getAdditionalParameters().get(AuthorizationRequestRules.LAUNCH) instanceof String launch)) {
            return LaunchContext.none();
        }
        return launches.spend(launch, new LaunchTarget(request.getClientId(), person(request)))
                .orElseThrow(() ->
                        Refusals.redirect(OAuth2ErrorCodes.INVALID_REQUEST, AuthorizationRequestRules.LAUNCH, request));
    }

    /** Before the sign-in, so that nobody types a password for nothing. */
    private void requireOpenLaunch(OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        if (request.getAdditionalParameters().get(AuthorizationRequestRules.LAUNCH) instanceof String launch
                && !launches.isOpen(launch, request.getClientId())) {
            throw Refusals.redirect(OAuth2ErrorCodes.INVALID_REQUEST, AuthorizationRequestRules.LAUNCH, request);
        }
    }

    /** One for each request, since whether to ask is a matter of the request. */
    private OAuth2AuthorizationCodeRequestAuthenticationProvider provider(boolean asks) {
        var provider = new OAuth2AuthorizationCodeRequestAuthenticationProvider(
                stores.clients(), stores.authorizations(), stores.consents());
        provider.setAuthenticationValidator(checked -> {});
        provider.setAuthorizationConsentRequired(checked -> asks);
        return provider;
    }

    private void keep(@Nullable Authentication answer, LaunchContext context) {
        var grant = answer instanceof OAuth2AuthorizationConsentAuthenticationToken question
                ? stores.authorizations().findByToken(question.getState(), STATE)
                : answer instanceof OAuth2AuthorizationCodeRequestAuthenticationToken granted
                                && granted.getAuthorizationCode() != null
                        ? stores.authorizations()
                                .findByToken(granted.getAuthorizationCode().getTokenValue(), CODE)
                        : null;
        if (grant == null) {
            throw new IllegalStateException("An authorization was answered and not stored.");
        }
        stores.authorizations().save(GrantContext.with(grant, context));
    }

    private static boolean wantsToBeAsked(OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        return request.getAdditionalParameters().get("prompt") instanceof String prompt
                && Set.copyOf(Arrays.asList(prompt.split(" ", -1))).contains("consent");
    }

    private static boolean isSignedIn(OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        return request.getPrincipal() instanceof Authentication person
                && !(person instanceof AnonymousAuthenticationToken)
                && person.isAuthenticated();
    }

    private static String person(OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        return ((Authentication) request.getPrincipal()).getName();
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2AuthorizationCodeRequestAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
