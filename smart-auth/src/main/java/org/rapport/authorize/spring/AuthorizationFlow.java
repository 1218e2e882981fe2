package org.rapport.authorize.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationProvider;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;

/** Puts our way through an authorization in the place of Spring Authorization Server's. */
public final class AuthorizationFlow {

    /** The page that asks. */
    public static final String PAGE = "/oauth2/consent";

    /** Error of a form that does not come from our page. */
    public static final String FOREIGN_FORM = "foreign_form";

    private static final String REQUEST_URI = "request_uri";

    private final LaunchedAuthorization requests;
    private final ConsentDecision decisions;
    private final PendingAuthorizations pending;

    AuthorizationFlow(LaunchedAuthorization requests, ConsentDecision decisions, PendingAuthorizations pending) {
        this.requests = requests;
        this.decisions = decisions;
        this.pending = pending;
    }

    /** Looks at a form before anything else does. */
    public void converters(List<AuthenticationConverter> converters) {
        converters.add(0, this::decided);
    }

    /** Takes requests and decisions. */
    public void providers(List<AuthenticationProvider> providers) {
        providers.replaceAll(provider -> {
            if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider) {
                return requests;
            }
            return provider instanceof OAuth2AuthorizationConsentAuthenticationProvider ? decisions : provider;
        });
    }

    /** Turns a forged form away and takes a No; a Yes goes on to {@link ConsentDecision}. */
    private @Nullable Authentication decided(HttpServletRequest request) {
        if (request.getParameter(REQUEST_URI) != null) {
            throw requests.keptElsewhere(request);
        }
        boolean isForm =
                request.getMethod().equals("POST") && request.getParameter(OAuth2ParameterNames.RESPONSE_TYPE) == null;
        if (!isForm) {
            return null;
        }
        if (!isOurForm(request)) {
            throw Refusals.foreignForm();
        }
        if (request.getParameter("deny") != null) {
            throw denied(request);
        }
        return null;
    }

    private RuntimeException denied(HttpServletRequest request) {
        var person = SecurityContextHolder.getContext().getAuthentication();
        var state = request.getParameter(OAuth2ParameterNames.STATE);
        if (person == null || state == null) {
            return Refusals.page(OAuth2ParameterNames.STATE);
        }
        var asked = pending.find(state, person.getName());
        asked.ifPresent(pending::remove);
        return asked.map(wanted -> Refusals.redirect(
                        OAuth2ErrorCodes.ACCESS_DENIED, OAuth2ParameterNames.SCOPE, wanted.asSent(person)))
                .orElseGet(() -> Refusals.page(OAuth2ParameterNames.STATE));
    }

    /** Spring Authorization Server takes its own endpoints out of the check that guards every other form. */
    private static boolean isOurForm(HttpServletRequest request) {
        var token = new HttpSessionCsrfTokenRepository().loadToken(request);
        return token != null
                && token.getToken()
                        .equals(new XorCsrfTokenRequestAttributeHandler().resolveCsrfTokenValue(request, token));
    }
}
