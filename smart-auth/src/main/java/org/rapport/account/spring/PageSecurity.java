package org.rapport.account.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.rapport.access.PublicOrigin;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** What every page of the server has in common: its headers, the way to the sign-in, the way back. */
public final class PageSecurity {

    /**
     * No script, no foreign content. There is no form-action: browsers apply it to the redirect after the form too, and
     * the last one leads to the application.
     */
    private static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Name of the session attribute with the path of the page that goes on with a sign-in which is not complete. */
    public static final String NEXT_STEP = "org.rapport.account.next-step";

    private static final long YEAR_IN_SECONDS = 31_536_000;

    private PageSecurity() {}

    /** Lets this one page run the server's own static script. */
    public static void allowScript(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", CONTENT_POLICY + "; script-src 'self'");
    }

    /** Sets the headers of pages; HSTS only where the outside speaks https. */
    public static void headers(HeadersConfigurer<?> headers, PublicOrigin origin) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .frameOptions(FrameOptionsConfig::deny);
        if (origin.baseUrl().startsWith("https:")) {
            headers.httpStrictTransportSecurity(hsts -> hsts.requestMatcher(AnyRequestMatcher.INSTANCE)
                    .includeSubDomains(false)
                    .maxAgeInSeconds(YEAR_IN_SECONDS));
        } else {
            headers.httpStrictTransportSecurity(hsts -> hsts.disable());
        }
    }

    /** Sends a browser to the sign-in page or its next step, by a path: the Host header has no say. */
    public static AuthenticationEntryPoint toSignIn() {
        return (request, response, why) -> found(response, nextStep(request));
    }

    private static String nextStep(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(NEXT_STEP) instanceof String next ? next : "/login";
    }

    /** Answers a refused request, a missing form token among them, with a page. */
    public static AccessDeniedHandler refused(Pages pages) {
        return (request, response, denied) -> pages.send(request, response, Pages.Page.problem(403, "refused"));
    }

    /** Redirects; not logged, since the target may hold a code. */
    public static void found(HttpServletResponse response, String target) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", target);
    }

    /** Redirects so that the next request is a GET. */
    public static void seeOther(HttpServletResponse response, String target) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", target);
    }
}
