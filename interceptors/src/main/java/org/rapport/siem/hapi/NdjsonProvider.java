package org.rapport.siem.hapi;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditRow;
import org.rapport.audit.AuditSearch;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.hapi.Trails;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.siem.EventText;
import org.springframework.dao.DataAccessException;

/**
 * {@code AuditEvent/$ndjson}: the audit log as one AuditEvent in a line, oldest first.
 *
 * @see <a href="https://github.com/ndjson/ndjson-spec">NDJSON</a>
 */
@FhirProvider
public final class NdjsonProvider {

    private static final int PAGE = 500;
    private static final int OK = 200;

    private final AuditSearch search;
    private final AuditLog log;
    private final EventText events;

    NdjsonProvider(AuditSearch search, AuditLog log, EventText events) {
        this.search = search;
        this.log = log;
        this.events = events;
    }

    /**
     * Writes what was recorded between {@code start} and {@code end}; who takes it stands in the log before the first
     * byte leaves.
     */
    @Operation(name = "$ndjson", typeName = "AuditEvent", idempotent = true, manualResponse = true)
    public void export(ServletRequestDetails request, HttpServletResponse response) throws IOException {
        var range = range(request);
        record(request);
        response.setStatus(OK);
        response.setContentType("application/fhir+ndjson");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var body = response.getWriter();
        List<AuditRow> page;
        long after = Long.MIN_VALUE;
        do {
            page = search.following(after, range.from(), range.until(), PAGE);
            for (var row : page) {
                body.write(events.of(row) + "\n");
                after = row.number();
            }
            body.flush();
        } while (page.size() == PAGE);
    }

    private void record(ServletRequestDetails request) {
        var trail = Trails.of(request);
        var entity = new Entity(Optional.of("AuditEvent"), Optional.empty(), Optional.empty(), Optional.empty());
        try {
            log.append(trail.entries(Trails.agent(request), Interaction.OPERATION, OK, entity, Set.of()));
        } catch (DataAccessException e) {
            throw new FailureException(Failure.UNAVAILABLE);
        }
        trail.settle();
    }

    private static Range range(ServletRequestDetails request) {
        try {
            var range = new DateRangeParam(text(request, "start"), text(request, "end"));
            return new Range(
                    Optional.ofNullable(range.getLowerBoundAsInstant()).map(Date::toInstant),
                    Optional.ofNullable(range.getUpperBoundAsInstant()).map(Date::toInstant));
        } catch (DataFormatException | InvalidRequestException e) {
            throw new FailureException(Failure.invalid("Expected start and end as dates, such as 2026-03-01"));
        }
    }

    private static @Nullable String text(ServletRequestDetails request, String name) {
        var values = request.getParameters().get(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    private record Range(Optional<Instant> from, Optional<Instant> until) {}
}
