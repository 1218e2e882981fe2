package org.rapport.account.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rapport.account.LinkToken;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the token out of the path of a mailed link before anything else sees the request.
 *
 * <p>Paths are logged in many places of the frameworks; behind this filter the path ends in {@code /link} for everybody.
 */
public final class LinkTokenFilter extends OncePerRequestFilter {

    /** Stands in the path where the token was. */
    private static final String PLACE = "/link";

    private static final Pattern LINK = Pattern.compile("(.*)/(" + LinkToken.FORM + ")");

    /** The token of the link that was opened, or that the page's form sent back. */
    public static Optional<String> token(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(LinkTokenFilter.class.getName()))
                .or(() -> Optional.ofNullable(request.getParameter("token")));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var link = LINK.matcher(request.getRequestURI());
        if (link.matches()) {
            request.setAttribute(LinkTokenFilter.class.getName(), link.group(2));
            chain.doFilter(new WithoutToken(request, link.group(1) + PLACE), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static final class WithoutToken extends HttpServletRequestWrapper {

        private final String path;

        WithoutToken(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getServletPath() {
            return path;
        }

        @Override
        public StringBuffer getRequestURL() {
            var whole = super.getRequestURL();
            whole.setLength(whole.length() - super.getRequestURI().length());
            return whole.append(path);
        }
    }
}
