package org.rapport.limit.spring;

import io.micrometer.core.instrument.Counter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.rapport.failure.Failure;
import org.rapport.failure.spring.FailureWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns away who comes too often, before anything of the body is read. */
final class RateFilter extends OncePerRequestFilter {

    private final Function<HttpServletRequest, Optional<Duration>> count;
    private final Counter refused;

    /**
     * @param count counts a request, and says how long to wait when it is one too many
     * @param refused counts those
     */
    RateFilter(Function<HttpServletRequest, Optional<Duration>> count, Counter refused) {
        this.count = count;
        this.refused = refused;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var pause = count.apply(request);
        if (pause.isPresent()) {
            refused.increment();
            FailureWriter.write(Failure.throttled(pause.get()), response);
            return;
        }
        chain.doFilter(request, response);
    }
}
