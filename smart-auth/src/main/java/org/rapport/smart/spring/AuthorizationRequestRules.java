package org.rapport.smart.spring;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rapport.access.PublicOrigin;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.smart.RedirectUri;
import org.rapport.smart.SmartScope;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Refuses an authorization request that is not as SMART wants it.
 *
 * <p>The redirect URI comes first: until it is known to be the client's, a refusal is a page and not a redirect.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#obtain-authorization-code">SMART App
 *     Launch, obtain authorization code</a>
 */
final class AuthorizationRequestRules implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    private static final Pattern S256_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String LAUNCH = "launch";
    private static final String AUDIENCE = "aud";
    private static final String RESOURCE = "resource";

    private final PublicOrigin origin;
    private final Accounts accounts;

    AuthorizationRequestRules(PublicOrigin origin, Accounts accounts) {
        this.origin = origin;
        this.accounts = accounts;
    }

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        requireRedirect(context.getRegisteredClient(), request);
        Map<String, Object> parameters = request.getAdditionalParameters();
        require(!parameters.containsKey("request"), "request_not_supported", "request", request);
        requireScopes(context.getRegisteredClient(), request);
        requireAudience(request);
        require(
                !parameters.containsKey(LAUNCH) && !request.getScopes().contains(LAUNCH),
                OAuth2ErrorCodes.INVALID_REQUEST,
                LAUNCH,
                request);
        require(
                !(parameters.get(PkceParameterNames.CODE_CHALLENGE) instanceof String challenge)
                        || S256_CHALLENGE.matcher(challenge).matches(),
                OAuth2ErrorCodes.INVALID_REQUEST,
                PkceParameterNames.CODE_CHALLENGE,
                request);
        requirePatient(request);
    }

    private static void requireRedirect(
            RegisteredClient client, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        boolean anyPort = client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE);
        var redirect = request.getRedirectUri();
        if (redirect == null || !RedirectUri.isRegistered(client.getRedirectUris(), redirect, anyPort)) {
            throw refusal(OAuth2ErrorCodes.INVALID_REQUEST, "redirect_uri", null);
        }
    }

    private static void requireScopes(
            RegisteredClient client, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        Set<String> scopes = request.getScopes();
        require(
                !scopes.isEmpty() && SmartScope.allows(client.getScopes(), scopes),
                OAuth2ErrorCodes.INVALID_SCOPE,
                "scope",
                request);
    }

    /** Whoever asks for data says which server it believes to be talking to: a token lured here is worth nothing there. */
    private void requireAudience(OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        Map<String, Object> parameters = request.getAdditionalParameters();
        boolean wantsData = request.getScopes().stream().anyMatch(scope -> scope.contains("/"));
        var audience = parameters.get(AUDIENCE);
        var resource = parameters.get(RESOURCE);
        require(
                audience != null || resource != null || !wantsData,
                OAuth2ErrorCodes.INVALID_REQUEST,
                AUDIENCE,
                request);
        require(audience == null || isThisServer(audience), OAuth2ErrorCodes.INVALID_REQUEST, AUDIENCE, request);
        require(resource == null || isThisServer(resource), "invalid_target", RESOURCE, request);
    }

    private boolean isThisServer(Object audience) {
        return audience.equals(origin.fhirBase()) || audience.equals(origin.fhirBase() + '/');
    }

    /** Scopes on one patient's data need a patient; until there is a picker that is the person's own record. */
    private void requirePatient(OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        boolean needsPatient = request.getScopes().stream().anyMatch(TokenClaims::needsPatient);
        if (!needsPatient
                || !(request.getPrincipal() instanceof Authentication person)
                || person instanceof AnonymousAuthenticationToken
                || !person.isAuthenticated()) {
            return;
        }
        boolean has =
                accounts.find(person.getName()).flatMap(Account::ownRecord).isPresent();
        require(has, OAuth2ErrorCodes.ACCESS_DENIED, "scope", request);
    }

    private static void require(
            boolean good, String error, String parameter, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        if (!good) {
            throw refusal(error, parameter, request);
        }
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException refusal(
            String error, String parameter, @Nullable OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                new OAuth2Error(error, "Parameter: " + parameter, null), request);
    }
}
