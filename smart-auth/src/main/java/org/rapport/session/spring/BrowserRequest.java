package org.rapport.session.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.rapport.session.DeviceName;
import org.rapport.session.SignIn;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What the request of this thread says of the person behind it.
 *
 * <p>A browser tells of each request what it is for (Fetch Metadata): only what opens a page shows that somebody is there.
 * Whatever has no such header is taken for a person unless it says otherwise.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
final class BrowserRequest {

    /** Header of a request that a page sends by itself; its value does not matter. */
    static final String BACKGROUND = "Rapport-Background";

    private static final String PAGE = "document";
    private static final Set<String> FOR_PROGRAMS =
            Set.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/jwks", "/oauth2/register");

    private BrowserRequest() {}

    /** Whether nobody need be there for this request to be sent. */
    static boolean isBackground() {
        return current().map(BrowserRequest::isBackground).orElse(false);
    }

    private static boolean isBackground(HttpServletRequest request) {
        var purpose = request.getHeader("Sec-Fetch-Dest");
        var path = request.getRequestURI();
        return request.getHeader(BACKGROUND) != null
                || request.getHeader("Sec-Purpose") != null
                || (purpose != null && !purpose.equals(PAGE))
                || path.startsWith("/assets/")
                || FOR_PROGRAMS.contains(path);
    }

    /** The sign-in that this request brought about. */
    static SignIn signIn(Instant at) {
        return new SignIn(
                at,
                address(),
                DeviceName.of(current()
                        .map(request -> request.getHeader("User-Agent"))
                        .orElse(null)));
    }

    /** The network address the request came from; empty when unknown. */
    static String address() {
        return current().map(HttpServletRequest::getRemoteAddr).orElse("");
    }

    private static Optional<HttpServletRequest> current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.of(attributes.getRequest())
                : Optional.empty();
    }
}
