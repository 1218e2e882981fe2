package org.rapport.smart.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Remembers when a request came, before it waited for anything. */
final class Arrival extends OncePerRequestFilter {

    private static final String NANOS = Arrival.class.getName();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(NANOS, System.nanoTime());
        chain.doFilter(request, response);
    }

    /** How long ago the request of this thread came; zero where there is none. */
    static Duration elapsed() {
        var request = RequestContextHolder.getRequestAttributes();
        return request != null && request.getAttribute(NANOS, RequestAttributes.SCOPE_REQUEST) instanceof Long arrived
                ? Duration.ofNanos(System.nanoTime() - arrived)
                : Duration.ZERO;
    }
}
