package org.rapport.failure;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One answer to a request that was refused or went wrong. The text never holds anything of the request or the data.
 *
 * @param status HTTP status
 * @param code issue type of the OperationOutcome
 * @param diagnostics what the caller is told
 * @param headers what the answer carries beside the body
 * @see <a href="https://hl7.org/fhir/R4/valueset-issue-type.html">FHIR R4 issue types</a>
 */
public record Failure(int status, String code, String diagnostics, Map<String, String> headers) {

    private static final String CHALLENGE = "WWW-Authenticate";
    private static final Map<String, String> RETRY = Map.of("Retry-After", "5");

    /** No token, or one that does not count. */
    public static final Failure NOT_AUTHENTICATED = new Failure(
            401,
            "login",
            "Authentication required",
            Map.of(CHALLENGE, "Bearer error=\"invalid_token\"", "Cache-Control", "no-store"));

    /** A token whose time is over. */
    public static final Failure EXPIRED = new Failure(
            401,
            "expired",
            "Access token has expired",
            Map.of(CHALLENGE, "Bearer error=\"invalid_token\"", "Cache-Control", "no-store"));

    /** Not for this caller, whatever the scope. */
    public static final Failure DENIED = of(403, "forbidden", "Access denied");

    /** Not with this scope. */
    public static final Failure SCOPE_MISSING =
            new Failure(403, "forbidden", "Access denied", Map.of(CHALLENGE, "Bearer error=\"insufficient_scope\""));

    /** Not there, or not there for this caller: nobody can tell which. */
    public static final Failure NOT_FOUND = of(404, "not-found", "Not found");

    /** A body that comes too slowly. */
    public static final Failure TOO_SLOW = of(408, "timeout", "The body comes too slowly");

    /** Two writers met; another try may succeed. */
    public static final Failure CONFLICT = of(409, "conflict", "The resource was changed by another request");

    /** A condition of the request does not hold. */
    public static final Failure PRECONDITION_FAILED = of(412, "conflict", "Precondition failed");

    /** More than the server takes in one request. */
    public static final Failure TOO_LONG = of(413, "too-long", "Request body is too large");

    /** A format the server does not read. */
    public static final Failure MEDIA_TYPE = of(
            415, "not-supported", "Content type is not supported; send application/fhir+json or application/fhir+xml");

    /** Something the request needs is away for now. */
    public static final Failure UNAVAILABLE =
            new Failure(503, "transient", "Temporarily unavailable; try again later", RETRY);

    /** The request took longer than the server lets one run. */
    public static final Failure TOO_COSTLY = of(400, "too-costly", "Request takes too long; ask for less");

    /** Keeps its own copy of the headers. */
    public Failure {
        headers = Map.copyOf(headers);
    }

    /** An answer without further headers. */
    public static Failure of(int status, String code, String diagnostics) {
        return new Failure(status, code, diagnostics, Map.of());
    }

    /** More requests than the server takes of one caller; it may be told before anything else adds its headers. */
    public static Failure throttled(Duration pause) {
        long seconds = pause.plusNanos(999_999_999).toSeconds();
        return new Failure(
                429,
                "throttled",
                "Too many requests; try again later",
                Map.of(
                        "Retry-After", Long.toString(Math.max(1, seconds)),
                        "Cache-Control", "no-store",
                        "X-Content-Type-Options", "nosniff"));
    }

    /** A request that cannot be understood. */
    public static Failure invalid(String diagnostics) {
        return of(400, "invalid", diagnostics);
    }

    /** A request whose form is broken. */
    public static Failure malformed(String diagnostics) {
        return of(400, "structure", diagnostics);
    }

    /** A failure of ours; the log has the rest under the same id. */
    public static Failure internal(String id) {
        return of(500, "exception", "Internal error, id=" + id);
    }

    /** The OperationOutcome as JSON, for answers given before any FHIR server code runs. */
    public String json(Optional<String> requestId) {
        var details = requestId
                .map(id -> ",\"details\":{\"text\":\"" + details(id) + "\"}")
                .orElse("");
        return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"" + code + "\""
                + details + ",\"diagnostics\":\"" + diagnostics + "\"}]}";
    }

    /** How a body names the request, for people who report it. */
    public static String details(String requestId) {
        return "Request " + requestId;
    }
}
