package org.rapport.authorize.spring;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapport.launch.LaunchContext;
import org.rapport.launch.spring.GrantContext;
import org.rapport.smart.SmartScope;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** Finds the authorizations that wait for a person's word. */
final class PendingAuthorizations {

    private static final OAuth2TokenType STATE = new OAuth2TokenType(OAuth2ParameterNames.STATE);

    private static final Pattern STATE_VALUE = Pattern.compile("[A-Za-z0-9_=-]{1,100}");

    private final OAuth2AuthorizationService authorizations;
    private final RegisteredClientRepository clients;

    PendingAuthorizations(OAuth2AuthorizationService authorizations, RegisteredClientRepository clients) {
        this.authorizations = authorizations;
        this.clients = clients;
    }

    /** What waits for this person under that state. */
    Optional<Pending> find(String state, String username) {
        if (!STATE_VALUE.matcher(state).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(authorizations.findByToken(state, STATE))
                .filter(grant -> grant.getPrincipalName().equals(username))
                .flatMap(this::pending);
    }

    void keep(Pending pending, LaunchContext context) {
        authorizations.save(GrantContext.with(pending.grant(), context));
    }

    void remove(Pending pending) {
        authorizations.remove(pending.grant());
    }

    private Optional<Pending> pending(OAuth2Authorization grant) {
        OAuth2AuthorizationRequest request = grant.getAttribute(OAuth2AuthorizationRequest.class.getName());
        return Optional.ofNullable(clients.findById(grant.getRegisteredClientId()))
                .filter(client -> request != null)
                .map(client -> new Pending(grant, client, request));
    }

    /**
     * What a person is asked.
     *
     * @param request as the application sent it
     */
    record Pending(OAuth2Authorization grant, RegisteredClient client, OAuth2AuthorizationRequest request) {

        Set<String> scopes() {
            return request.getScopes();
        }

        LaunchContext context() {
            return GrantContext.of(grant);
        }

        /** Whether the person has to say which patient is meant. */
        boolean lacksPatient() {
            return scopes().stream().anyMatch(SmartScope::needsPatient)
                    && context().patient().isEmpty();
        }

        /** The request as it was, to be answered. */
        OAuth2AuthorizationCodeRequestAuthenticationToken asSent(Authentication person) {
            return new OAuth2AuthorizationCodeRequestAuthenticationToken(
                    request.getAuthorizationUri(),
                    request.getClientId(),
                    person,
                    request.getRedirectUri(),
                    request.getState(),
                    request.getScopes(),
                    request.getAdditionalParameters());
        }
    }
}
