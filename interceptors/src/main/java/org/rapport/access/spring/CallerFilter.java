package org.rapport.access.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.rapport.access.Caller;
import org.rapport.audit.AuditTrail;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request pass only with a {@link Caller}, which it leaves as request attribute for the FHIR server; the open
 * documents need none.
 */
final class CallerFilter extends OncePerRequestFilter {

    private final RequestMatcher open;
    private final AuthenticationEntryPoint refusal;

    CallerFilter(RequestMatcher open, AuthenticationEntryPoint refusal) {
        this.open = open;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        try {
            if (authentication instanceof JwtAuthenticationToken jwt) {
                request.setAttribute(Caller.class.getName(), CallerClaims.caller(jwt.getToken()));
                if (request.getAttribute(AuditTrail.ATTRIBUTE) instanceof AuditTrail trail) {
                    trail.authorize(CallerClaims.authority(jwt.getToken()));
                }
            } else if (!open.matches(request)) {
                throw new InsufficientAuthenticationException("No token");
            }
        } catch (AuthenticationException e) {
            refusal.commence(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return true;
    }
}
