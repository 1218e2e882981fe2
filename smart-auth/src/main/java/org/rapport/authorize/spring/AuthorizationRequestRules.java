package org.rapport.authorize.spring;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapport.access.PublicOrigin;
import org.rapport.smart.RedirectUri;
import org.rapport.smart.SmartScope;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
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
record AuthorizationRequestRules(PublicOrigin origin) {

    /** Parameter with the value an EHR gave, and the scope that goes with it. */
    static final String LAUNCH = "launch";

    private static final Pattern S256_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String AUDIENCE = "aud";
    private static final String RESOURCE = "resource";
    private static final String REQUEST_OBJECT = "request";

    void check(RegisteredClient client, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        if (!client.getAuthorizationGrantTypes().contains(AuthorizationGrantType.AUTHORIZATION_CODE)) {
            throw Refusals.page("client_id");
        }
        requireRedirect(client, request);
        Map<String, Object> parameters = request.getAdditionalParameters();
        require(!parameters.containsKey(REQUEST_OBJECT), "request_not_supported", REQUEST_OBJECT, request);
        requireScopes(client, request);
        requireAudience(request);
        boolean launched = parameters.get(LAUNCH) instanceof String value && !value.isBlank();
        require(
                launched == request.getScopes().contains(LAUNCH) && launched == parameters.containsKey(LAUNCH),
                OAuth2ErrorCodes.INVALID_REQUEST,
                LAUNCH,
                request);
        require(
                parameters.get(PkceParameterNames.CODE_CHALLENGE) instanceof String challenge
                        && S256_CHALLENGE.matcher(challenge).matches()
                        && "S256".equals(parameters.get(PkceParameterNames.CODE_CHALLENGE_METHOD)),
                OAuth2ErrorCodes.INVALID_REQUEST,
                PkceParameterNames.CODE_CHALLENGE,
                request);
    }

    /** Nothing is fetched; the request is only read to see where the refusal may go. */
    RuntimeException keptElsewhere(RegisteredClient client, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        requireRedirect(client, request);
        return Refusals.redirect("request_uri_not_supported", "request_uri", request);
    }

    private static void requireRedirect(
            RegisteredClient client, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        boolean anyPort = client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE);
        var redirect = request.getRedirectUri();
        if (redirect == null || !RedirectUri.isRegistered(client.getRedirectUris(), redirect, anyPort)) {
            throw Refusals.page("redirect_uri");
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

    private static void require(
            boolean good, String error, String parameter, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        if (!good) {
            throw Refusals.redirect(error, parameter, request);
        }
    }
}
