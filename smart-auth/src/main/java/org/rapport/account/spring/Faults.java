package org.rapport.account.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers for a fault of the server: 503 while the database is away, else 500, and nothing about the inside.
 *
 * <p>Left to the container, a fault becomes an error path that no feature owns.
 */
public final class Faults extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final Answer answer;

    public Faults(Answer answer) {
        this.answer = answer;
    }

    /** Writes the answer with a status of 500 or 503. */
    @FunctionalInterface
    public interface Answer {

        /** Writes to a response that nothing has been written to. */
        void write(HttpServletRequest request, HttpServletResponse response, int status) throws IOException;
    }

    /** The answer in the form of a page. */
    public static Answer page(Pages pages) {
        return (request, response, status) -> pages.send(request, response, Pages.Page.problem(status, "fault"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException fault) {
            if (response.isCommitted()) {
                throw fault;
            }
            answer(request, response, fault);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Exception fault) throws IOException {
        LOG.error("{} {} failed.", request.getMethod(), request.getRequestURI(), fault);
        response.resetBuffer();
        var cause = fault instanceof ServletException ? fault.getCause() : fault;
        boolean away = cause instanceof DataAccessException
                || cause instanceof TransactionException
                || cause instanceof AuthenticationServiceException;
        if (away) {
            response.setHeader("Retry-After", "5");
        }
        answer.write(
                request,
                response,
                away ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
}
