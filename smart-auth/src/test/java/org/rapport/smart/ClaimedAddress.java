package org.rapport.smart;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a test ask from another network address than that of this machine. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ClaimedAddress extends OncePerRequestFilter {

    static final String HEADER = "X-Test-Address";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var claimed = request.getHeader(HEADER);
        chain.doFilter(
                claimed == null
                        ? request
                        : new HttpServletRequestWrapper(request) {
                            @Override
                            public String getRemoteAddr() {
                                return claimed;
                            }
                        },
                response);
    }
}
