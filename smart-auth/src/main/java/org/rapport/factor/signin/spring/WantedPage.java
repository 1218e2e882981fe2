package org.rapport.factor.signin.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Remembers where somebody wanted to go before being asked who they are; always a path on this server. */
public final class WantedPage {

    private static final String HOME = "/account";
    private static final String AFTER_STEP_UP = "org.rapport.factor.after-step-up";

    private WantedPage() {}

    /** Where to go after the sign-in: what was asked for before it, else the account. */
    public static String take(HttpServletRequest request, HttpServletResponse response) {
        var saved = new HttpSessionRequestCache().getRequest(request, response);
        return saved == null ? HOME : pathOf(URI.create(saved.getRedirectUrl()));
    }

    /** Where to go after a step-up. */
    public static void rememberForStepUp(HttpServletRequest request, String path) {
        request.getSession().setAttribute(AFTER_STEP_UP, path);
    }

    /** Where to go after this step-up. */
    public static String takeAfterStepUp(HttpServletRequest request) {
        var session = request.getSession();
        var wanted = session.getAttribute(AFTER_STEP_UP);
        session.removeAttribute(AFTER_STEP_UP);
        return wanted instanceof String path ? path : HOME;
    }

    /** The path and query of a request. */
    public static String of(HttpServletRequest request) {
        return request.getQueryString() == null
                ? request.getRequestURI()
                : request.getRequestURI() + '?' + request.getQueryString();
    }

    private static String pathOf(URI wanted) {
        return wanted.getRawQuery() == null ? wanted.getRawPath() : wanted.getRawPath() + '?' + wanted.getRawQuery();
    }
}
