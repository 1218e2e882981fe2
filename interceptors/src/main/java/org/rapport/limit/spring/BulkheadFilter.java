package org.rapport.limit.spring;

import io.micrometer.core.instrument.Counter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.rapport.failure.Failure;
import org.rapport.failure.spring.FailureWriter;
import org.rapport.limit.Bulkhead;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps FHIR requests from taking every thread and every connection of the database: whoever signs in, answers a link or
 * asks how the server is always finds one. Keeps one caller from taking all that is for FHIR requests.
 */
final class BulkheadFilter extends OncePerRequestFilter {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Bulkhead bulkhead;
    private final Counter refused;

    /** @param refused counts what one caller sent on top of what it may have under way */
    BulkheadFilter(Bulkhead bulkhead, Counter refused) {
        this.bulkhead = bulkhead;
        this.refused = refused;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var asker = Asker.key(request);
        switch (bulkhead.enter(asker)) {
            case BEGUN -> {
                try {
                    chain.doFilter(request, response);
                } finally {
                    bulkhead.leave(asker);
                }
            }
            case TOO_MANY_OF_ONE -> {
                refused.increment();
                FailureWriter.write(Failure.throttled(PAUSE), response);
            }
            case FULL -> FailureWriter.write(Failure.UNAVAILABLE, response);
        }
    }
}
