package org.rapport.smart.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Scope;
import org.rapport.account.spring.Pages;
import org.rapport.smart.SmartScope;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks a person whether an application may have what it wants, and takes a No. */
@Controller
class ConsentPage {

    static final String PATH = "/oauth2/consent";

    private static final OAuth2TokenType STATE = new OAuth2TokenType(OAuth2ParameterNames.STATE);

    private final OAuth2AuthorizationService authorizations;
    private final RegisteredClientRepository clients;
    private final Pages pages;

    ConsentPage(OAuth2AuthorizationService authorizations, RegisteredClientRepository clients, Pages pages) {
        this.authorizations = authorizations;
        this.clients = clients;
        this.pages = pages;
    }

    @GetMapping(PATH)
    void ask(
            HttpServletRequest request,
            HttpServletResponse response,
            Principal who,
            @RequestParam(defaultValue = "") String state)
            throws IOException {
        var asked = asked(state, who.getName());
        var client = asked.map(OAuth2Authorization::getRegisteredClientId).map(clients::findById);
        if (asked.isEmpty() || client.isEmpty()) {
            pages.send(request, response, Pages.Page.problem(400, "bad-authorization"));
            return;
        }
        List<String> scopes = request(asked.get()).getScopes().stream().sorted().toList();
        pages.send(
                request,
                response,
                new Pages.Page(
                        200,
                        "consent",
                        Map.of(
                                "client", client.get().getClientName(),
                                "clientId", client.get().getClientId(),
                                "state", state,
                                "scopes", scopes,
                                "wishes", scopes.stream().map(Wish::of).toList())));
    }

    /** Takes the form: turns away a forged one, answers a No, leaves a Yes to Spring Authorization Server. */
    @Nullable
    Authentication decided(HttpServletRequest request) {
        boolean isForm =
                request.getMethod().equals("POST") && request.getParameter(OAuth2ParameterNames.RESPONSE_TYPE) == null;
        if (!isForm) {
            return null;
        }
        if (!isOurForm(request)) {
            throw refusal(OAuthAnswers.FOREIGN_FORM, null);
        }
        if (request.getParameter("deny") != null) {
            throw denied(request);
        }
        return null;
    }

    private OAuth2AuthorizationCodeRequestAuthenticationException denied(HttpServletRequest request) {
        var person = SecurityContextHolder.getContext().getAuthentication();
        var state = request.getParameter(OAuth2ParameterNames.STATE);
        Optional<OAuth2Authorization> asked =
                person == null || state == null ? Optional.empty() : asked(state, person.getName());
        if (person == null || asked.isEmpty()) {
            return refusal(OAuth2ErrorCodes.INVALID_REQUEST, null);
        }
        authorizations.remove(asked.get());
        var wanted = request(asked.get());
        return refusal(
                OAuth2ErrorCodes.ACCESS_DENIED,
                new OAuth2AuthorizationCodeRequestAuthenticationToken(
                        wanted.getAuthorizationUri(),
                        wanted.getClientId(),
                        person,
                        wanted.getRedirectUri(),
                        wanted.getState(),
                        wanted.getScopes(),
                        wanted.getAdditionalParameters()));
    }

    private Optional<OAuth2Authorization> asked(String state, String username) {
        return state.isBlank()
                ? Optional.empty()
                : Optional.ofNullable(authorizations.findByToken(state, STATE))
                        .filter(asked -> asked.getPrincipalName().equals(username));
    }

    private static OAuth2AuthorizationRequest request(OAuth2Authorization asked) {
        OAuth2AuthorizationRequest request = asked.getAttribute(OAuth2AuthorizationRequest.class.getName());
        if (request == null) {
            throw new IllegalStateException("An authorization waits for consent without its request.");
        }
        return request;
    }

    /** Spring Authorization Server takes its own endpoints out of the check that guards every other form. */
    private static boolean isOurForm(HttpServletRequest request) {
        var token = new HttpSessionCsrfTokenRepository().loadToken(request);
        return token != null
                && token.getToken()
                        .equals(new XorCsrfTokenRequestAttributeHandler().resolveCsrfTokenValue(request, token));
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException refusal(
            String error, @Nullable OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(new OAuth2Error(error), request);
    }

    /**
     * One line of the page.
     *
     * @param message name of the sentence
     * @param type the resource type in it; empty where it has none
     */
    record Wish(String message, String type) {

        static Wish of(String scope) {
            return SmartScope.parse(scope)
                    .map(wanted -> new Wish(
                            "%s.%s%s"
                                    .formatted(
                                            wanted.context().name().toLowerCase(Locale.ROOT),
                                            isReadOnly(wanted) ? "read" : "write",
                                            wanted.type().equals("*") ? ".all" : ""),
                            wanted.type()))
                    .orElse(new Wish(scope.replace('/', '.'), ""));
        }

        private static boolean isReadOnly(Scope scope) {
            return Set.of(Scope.Permission.READ, Scope.Permission.SEARCH).containsAll(scope.permissions());
        }
    }
}
