package org.rapport.authorize.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.rapport.account.spring.PageSecurity;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Turns an authorization request that was posted into one by GET: a cookie does not come along with a form from another
 * site, and a sign-in leads back to addresses only.
 */
public final class PostedAuthorization extends OncePerRequestFilter {

    private final String path;

    /** Watches the authorization endpoint at this path. */
    public PostedAuthorization(String path) {
        this.path = path;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getMethod().equals("POST")
                && request.getRequestURI().equals(path)
                && request.getParameter(OAuth2ParameterNames.RESPONSE_TYPE) != null) {
            PageSecurity.seeOther(response, path + '?' + query(request));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static String query(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .flatMap(parameter -> Arrays.stream(parameter.getValue())
                        .map(value -> encoded(parameter.getKey()) + '=' + encoded(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
