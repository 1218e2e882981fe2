package org.rapport.smart.spring;

import com.nimbusds.jwt.JWTParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rapport.access.PublicOrigin;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.audit.Agent;
import org.rapport.authorize.spring.AuthorizationAudit;
import org.rapport.authorize.spring.AuthorizationFlow;
import org.rapport.breakglass.spring.EmergencyExchange;
import org.rapport.factor.spring.StepUp;
import org.rapport.launch.LaunchContext;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.web.util.UriUtils;

/** Writes the answers of the authorization server: redirects that name their issuer, errors without explanations. */
final class OAuthAnswers {

    private static final int TOO_MANY_REQUESTS = 429;

    private final PublicOrigin origin;
    private final Pages pages;
    private final AuthorizationAudit audit;

    OAuthAnswers(PublicOrigin origin, Pages pages, AuthorizationAudit audit) {
        this.origin = origin;
        this.pages = pages;
        this.audit = audit;
    }

    /** Sends the browser back to the application with a code. */
    void code(HttpServletRequest request, HttpServletResponse response, Authentication authentication) {
        var granted = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        var code = granted.getAuthorizationCode();
        if (code == null) {
            throw new IllegalStateException("An authorization was granted without a code.");
        }
        var answer = new LinkedHashMap<String, String>();
        answer.put("code", code.getTokenValue());
        redirect(response, granted, answer);
    }

    /** Sends the browser back with an error or, where the application is not certain, shows a page. */
    void authorizationError(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        var refusal = (OAuth2AuthenticationException) why;
        audit.refused(agent(request), clientId(request), refusal.getError().getErrorCode());
        var asked = why instanceof OAuth2AuthorizationCodeRequestAuthenticationException known
                ? known.getAuthorizationCodeRequestAuthentication()
                : null;
        if (asked == null || asked.getRedirectUri() == null) {
            boolean foreign = refusal.getError().getErrorCode().equals(AuthorizationFlow.FOREIGN_FORM);
            pages.send(
                    request,
                    response,
                    Pages.Page.problem(foreign ? 403 : 400, foreign ? "refused" : "bad-authorization"));
            return;
        }
        var answer = new LinkedHashMap<String, String>();
        answer.put("error", refusal.getError().getErrorCode());
        var description = refusal.getError().getDescription();
        if (description != null && !description.isBlank()) {
            answer.put("error_description", description);
        }
        redirect(response, asked, answer);
    }

    /** Answers a refused token, introspection or revocation request with the error's code alone. */
    void tokenError(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        var code = why instanceof OAuth2AuthenticationException refusal
                ? refusal.getError().getErrorCode()
                : OAuth2ErrorCodes.INVALID_CLIENT;
        if (code.equals(EmergencyExchange.NOT_DECLARED)) {
            response.setHeader("WWW-Authenticate", StepUp.CHALLENGE);
        }
        if (code.equals(OAuth2ErrorCodes.INVALID_CLIENT) && request.getHeader("Authorization") != null) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"rapport\"");
        }
        if (code.equals(ClientIdentification.TOO_MANY_ATTEMPTS)) {
            response.setHeader("Retry-After", ClientIdentification.HOLD_SECONDS);
            json(response, TOO_MANY_REQUESTS, OAuth2ErrorCodes.INVALID_CLIENT);
        } else {
            json(response, status(code), code);
        }
    }

    private static int status(String code) {
        return switch (code) {
            case OAuth2ErrorCodes.INVALID_CLIENT, EmergencyExchange.NOT_DECLARED -> HttpServletResponse.SC_UNAUTHORIZED;
            case OAuth2ErrorCodes.ACCESS_DENIED -> HttpServletResponse.SC_FORBIDDEN;
            default -> HttpServletResponse.SC_BAD_REQUEST;
        };
    }

    /** Answers a fault of the server: people see a page, clients an error. */
    void fault(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        if (AuthorizationServerSecurity.isForPeople(request)) {
            pages.send(request, response, Pages.Page.problem(status, "fault"));
        } else {
            boolean passes = status == HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            json(response, status, passes ? OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE : OAuth2ErrorCodes.SERVER_ERROR);
        }
    }

    private static void json(HttpServletResponse response, int status, String error) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write("{\"error\":\"" + error + "\"}");
    }

    /** A token response that carries the launch context of its token. */
    static OAuth2AccessTokenResponseAuthenticationSuccessHandler tokenResponse() {
        var handler = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
        handler.setAccessTokenResponseCustomizer(OAuthAnswers::addContext);
        return handler;
    }

    private static void addContext(OAuth2AccessTokenAuthenticationContext context) {
        OAuth2AccessTokenAuthenticationToken issued = context.getAuthentication();
        Map<String, Object> parameters = new LinkedHashMap<>(issued.getAdditionalParameters());
        var claims = claims(issued.getAccessToken().getTokenValue());
        LaunchContext.NAMES.stream()
                .filter(claims::containsKey)
                .forEach(name -> parameters.put(name, claims.get(name)));
        context.getAccessTokenResponse().additionalParameters(parameters);
    }

    private static Map<String, Object> claims(String accessToken) {
        try {
            return JWTParser.parse(accessToken).getJWTClaimsSet().getClaims();
        } catch (ParseException e) {
            throw new IllegalStateException("An access token was issued that is no JWT.", e);
        }
    }

    private static Agent agent(HttpServletRequest request) {
        var person = SecurityContextHolder.getContext().getAuthentication();
        return person == null || person instanceof AnonymousAuthenticationToken
                ? Agent.unknown(request.getRemoteAddr())
                : Agent.signedIn(person.getName(), request.getRemoteAddr());
    }

    private static String clientId(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getParameter("client_id"), "");
    }

    private void redirect(
            HttpServletResponse response,
            OAuth2AuthorizationCodeRequestAuthenticationToken asked,
            Map<String, String> answer) {
        var target = String.valueOf(asked.getRedirectUri());
        @Nullable String state = asked.getState();
        if (state != null && !state.isEmpty()) {
            answer.put("state", state);
        }
        answer.put("iss", origin.baseUrl());
        var query = answer.entrySet().stream()
                .map(part -> part.getKey() + '=' + UriUtils.encode(part.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        PageSecurity.found(response, target + (target.contains("?") ? '&' : '?') + query);
    }
}
