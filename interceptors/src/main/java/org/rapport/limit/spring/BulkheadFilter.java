package org.rapport.limit.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.rapport.failure.Failure;
import org.rapport.failure.spring.FailureWriter;
import org.rapport.limit.Bulkhead;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps FHIR requests from taking every thread and every connection of the database: whoever signs in, answers a link or
 * asks how the server is always finds one.
 */
final class BulkheadFilter extends OncePerRequestFilter {

    private final Bulkhead bulkhead;

    BulkheadFilter(Bulkhead bulkhead) {
        this.bulkhead = bulkhead;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!bulkhead.enter()) {
            FailureWriter.write(Failure.UNAVAILABLE, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            bulkhead.leave();
        }
    }
}
