package org.rapport.failure.hapi;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rapport.changes.ChangesUnrecorded;
import org.rapport.failure.Failure;
import org.springframework.dao.ConcurrencyFailureException;

/** Tells what went wrong by the exception and its causes. */
final class FailureKind {

    private static final int CAUSES = 20;

    /** What each status is called, when nothing better is known. */
    private static final Map<Integer, Failure> BY_STATUS = Map.ofEntries(
            Map.entry(400, Failure.invalid("Invalid request")),
            Map.entry(401, Failure.NOT_AUTHENTICATED),
            Map.entry(403, Failure.DENIED),
            Map.entry(404, Failure.NOT_FOUND),
            Map.entry(405, Failure.of(405, "not-supported", "Not supported on this address")),
            Map.entry(406, Failure.of(406, "not-supported", "No acceptable format; accept application/fhir+json")),
            Map.entry(409, Failure.CONFLICT),
            Map.entry(410, Failure.of(410, "deleted", "Not there any more")),
            Map.entry(412, Failure.PRECONDITION_FAILED),
            Map.entry(413, Failure.TOO_LONG),
            Map.entry(415, Failure.MEDIA_TYPE),
            Map.entry(422, Failure.of(422, "processing", "The resource does not meet the rules of this server")),
            Map.entry(429, Failure.throttled(Duration.ofSeconds(5))),
            Map.entry(501, Failure.of(501, "not-supported", "Not supported")),
            Map.entry(503, Failure.UNAVAILABLE));

    // SQLSTATE of PostgreSQL; classes have two characters
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "23505", "23P01");
    private static final Set<String> AWAY = Set.of("08", "53", "55P03", "57P01", "57P02", "57P03", "58");
    private static final String CANCELLED = "57014";
    private static final Set<String> TOO_LARGE = Set.of("22001", "22003");

    private FailureKind() {}

    /** What to answer; empty for a failure nobody foresaw. */
    static Optional<Failure> of(Throwable exception) {
        var byCause =
                causes(exception).flatMap(cause -> byCause(cause).stream()).findFirst();
        if (byCause.isPresent()) {
            return byCause;
        }
        return exception instanceof BaseServerResponseException response
                ? ofStatus(response.getStatusCode())
                : Optional.empty();
    }

    /** What a status means by itself; empty for one that stands for a failure nobody foresaw. */
    static Optional<Failure> ofStatus(int status) {
        return Optional.ofNullable(BY_STATUS.get(status));
    }

    private static Stream<Throwable> causes(Throwable exception) {
        return Stream.iterate(exception, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES);
    }

    private static Optional<Failure> byCause(Throwable cause) {
        if (cause instanceof SQLException sql) {
            return bySqlState(sql);
        }
        if (cause instanceof ChangesUnrecorded) {
            return Optional.of(Failure.UNAVAILABLE);
        }
        if (cause instanceof ConcurrencyFailureException
                || cause.getClass().getName().endsWith(".OptimisticLockException")) {
            return Optional.of(Failure.CONFLICT);
        }
        if (cause instanceof DataFormatException) {
            return Optional.of(Failure.malformed("The body is not a FHIR resource that this server can read"));
        }
        return cause instanceof NullPointerException && isOfPatch(cause)
                ? Optional.of(Failure.of(422, "processing", "The patch cannot be applied"))
                : Optional.empty();
    }

    /** HAPI's FHIRPath patch stumbles over paths and names that its resource does not have. */
    private static boolean isOfPatch(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("ca.uhn.fhir.jpa.patch.FhirPatch"));
    }

    private static Optional<Failure> bySqlState(SQLException exception) {
        var state = Optional.ofNullable(exception.getSQLState()).orElse("");
        if (CONFLICTS.contains(state)) {
            return Optional.of(Failure.CONFLICT);
        }
        if (TOO_LARGE.contains(state)) {
            return Optional.of(Failure.invalid("A value is longer or larger than this server can store"));
        }
        if (state.equals(CANCELLED)) {
            return Optional.of(Failure.TOO_COSTLY);
        }
        boolean away = AWAY.contains(state)
                || (state.length() == 5 && AWAY.contains(state.substring(0, 2)))
                || exception instanceof SQLTransientConnectionException
                || exception instanceof SQLNonTransientConnectionException;
        return away ? Optional.of(Failure.UNAVAILABLE) : Optional.empty();
    }
}
