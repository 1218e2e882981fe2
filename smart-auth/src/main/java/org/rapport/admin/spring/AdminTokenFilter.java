package org.rapport.admin.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.admin.AdminToken;
import org.rapport.audit.Agent;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request to the administrators' API pass with a token that opens it; changes need a fresh second factor.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9470">RFC 9470, step-up authentication</a>
 */
final class AdminTokenFilter extends OncePerRequestFilter {

    private static final Set<String> LOOKING = Set.of("GET", "HEAD");

    private final Clock clock;

    AdminTokenFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(SecurityContextHolder.getContext().getAuthentication()
                instanceof JwtAuthenticationToken authentication)) {
            AdminProblem.write(response, 401, "Bearer", "An access token is needed.");
            return;
        }
        var jwt = authentication.getToken();
        switch (read(jwt).judge(!LOOKING.contains(request.getMethod()), clock.instant())) {
            case PERMITTED -> {
                request.setAttribute(Agent.class.getName(), Agent.signedIn(jwt.getSubject(), request.getRemoteAddr()));
                chain.doFilter(request, response);
            }
            case NO_ADMINISTRATOR -> AdminProblem.write(response, 403, "", "Only administrators may do this.");
            case NO_SCOPE ->
                AdminProblem.write(
                        response,
                        403,
                        "Bearer error=\"insufficient_scope\", scope=\"" + AdminToken.SCOPE + '"',
                        "The token lacks the scope " + AdminToken.SCOPE + ".");
            case STALE ->
                AdminProblem.write(
                        response,
                        401,
                        "Bearer error=\"insufficient_user_authentication\", max_age=\"" + AdminToken.LONGEST.toSeconds()
                                + '"',
                        "Sign in again with a second factor, no longer than five minutes ago.");
        }
    }

    private static AdminToken read(Jwt jwt) {
        return new AdminToken(
                list(jwt, "roles"),
                words(jwt.getClaimAsString("scope")),
                list(jwt, "amr"),
                Optional.ofNullable(jwt.getClaimAsInstant("auth_time")));
    }

    private static List<String> list(Jwt jwt, String claim) {
        @Nullable List<String> values = jwt.getClaimAsStringList(claim);
        return values == null ? List.of() : values;
    }

    private static List<String> words(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split(" "));
    }
}
