package org.rapport.audit.spring;

import ca.uhn.fhir.rest.server.ServletRequestTracing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rapport.access.Caller;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.FhirPath;
import org.rapport.audit.Strangers;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Begins each request's trail and, when the request ends without a row, writes one: of refusals and failures.
 */
final class AuditFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(AuditFilter.class);
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9\\-]{1,64}");
    private static final Set<String> NOT_AUDITED = Set.of("/metadata", "/.well-known/smart-configuration");

    /** Without a token, and too often. */
    private static final Set<Integer> MAY_FLOOD = Set.of(401, 429);

    private final AuditLog log;
    private final Strangers strangers;

    AuditFilter(AuditLog log, Strangers strangers) {
        this.log = log;
        this.strangers = strangers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = Optional.ofNullable(request.getHeader("X-Request-ID"))
                .filter(given -> REQUEST_ID.matcher(given).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
        var trail = AuditTrail.of(id, request.getRemoteAddr(), Optional.ofNullable(request.getQueryString()));
        request.setAttribute(AuditTrail.ATTRIBUTE, trail);
        request.setAttribute(ServletRequestTracing.ATTRIBUTE_REQUEST_ID, id);
        int failed = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(request, response);
            failed = response.getStatus();
        } finally {
            if (!trail.settled()) {
                record(request, trail, failed);
            }
        }
    }

    /** A browser's question whether it may ask: it touches nothing. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return CorsUtils.isPreFlightRequest(request);
    }

    private void record(HttpServletRequest request, AuditTrail trail, int status) {
        var path = request.getRequestURI().substring(request.getContextPath().length() + "/fhir".length());
        if (NOT_AUDITED.contains(path) && status < HttpServletResponse.SC_BAD_REQUEST) {
            return;
        }
        var asked = FhirPath.of(request.getMethod(), path);
        var entries = trail.entries(
                trail.agent(request.getAttribute(Caller.class.getName())),
                asked.interaction(),
                status,
                asked.entity(),
                Set.of());
        try {
            log.append(MAY_FLOOD.contains(status) ? strangers.admit(entries) : entries);
        } catch (DataAccessException e) {
            LOG.error("A request that ended with {} has no audit row ({})", status, Causes.of(e));
        }
    }
}
