package org.rapport.factor.signin.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rapport.factor.SignedInBy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets an application ask that its user signs in again: always ({@code prompt=login}) or when the last proof is too old
 * ({@code max_age}). The request is then treated as one of somebody who is not signed in.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest">OpenID Connect Core, 3.1.2.1</a>
 */
public final class FreshSignIn extends OncePerRequestFilter {

    private static final String ASKED_FOR = "org.rapport.factor.sign-in-asked-for";
    /** What Spring Security adds to a request that it sends again after the sign-in. */
    private static final String REPEATED = "&continue$";

    private static final String ASKED_AT = "org.rapport.factor.sign-in-asked-at";

    private final Clock clock;

    public FreshSignIn(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var by = SignedInBySession.of(request);
        if (by.isPresent() && isTooOld(request, by.get())) {
            SecurityContextHolder.setContext(SecurityContextHolder.createEmptyContext());
        }
        chain.doFilter(request, response);
    }

    /** The request comes back after the sign-in that it asked for, and must not ask again. */
    private boolean isTooOld(HttpServletRequest request, SignedInBy by) {
        var prompts = List.of(
                Objects.requireNonNullElse(request.getParameter("prompt"), "").split(" "));
        boolean asks = prompts.contains("login") || isOlder(by, request.getParameter("max_age"));
        if (!request.getMethod().equals("GET") || !asks) {
            return false;
        }
        var session = request.getSession();
        var query = String.valueOf(request.getQueryString()).replaceAll(REPEATED, "");
        if (query.equals(session.getAttribute(ASKED_FOR)) && isSince(session, by)) {
            session.removeAttribute(ASKED_FOR);
            return false;
        }
        session.setAttribute(ASKED_FOR, query);
        session.setAttribute(ASKED_AT, clock.instant());
        return true;
    }

    private static boolean isSince(HttpSession session, SignedInBy by) {
        return session.getAttribute(ASKED_AT) instanceof Instant asked
                && by.provedAt().isAfter(asked);
    }

    /** An age that is no number of seconds asks for nothing. */
    private boolean isOlder(SignedInBy by, @Nullable String maxAge) {
        return maxAge != null
                && maxAge.matches("[0-9]{1,9}")
                && !by.isFresh(Duration.ofSeconds(Long.parseLong(maxAge)), clock);
    }
}
