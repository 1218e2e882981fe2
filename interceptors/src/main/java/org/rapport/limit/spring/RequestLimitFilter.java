package org.rapport.limit.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.catalina.connector.ClientAbortException;
import org.rapport.failure.Failure;
import org.rapport.failure.spring.FailureWriter;
import org.rapport.limit.AddressCheck;
import org.rapport.limit.BodyCheck;
import org.rapport.limit.RequestLimits;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads a body once, up to its limit and no further, looks it over, and hands it on; refuses what is too large, too deep
 * or of a kind that is not taken.
 */
final class RequestLimitFilter extends OncePerRequestFilter {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final RequestLimits limits;
    private final BodyCheck json;
    private final BodyCheck xml;

    RequestLimitFilter(RequestLimits limits) {
        this.limits = limits;
        this.json = BodyCheck.json(limits.entries());
        this.xml = BodyCheck.xml(limits.entries());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(admitted(request), response);
        } catch (Refusal refusal) {
            FailureWriter.write(refusal.failure(), response);
        }
    }

    private HttpServletRequest admitted(HttpServletRequest request) throws IOException, Refusal {
        var path = request.getRequestURI().substring(request.getContextPath().length() + "/fhir".length());
        refuse(AddressCheck.check(
                path, Optional.ofNullable(request.getQueryString()).orElse("")));
        return WITH_BODY.contains(request.getMethod()) && hasBody(request) ? withBody(request, path) : request;
    }

    private HttpServletRequest withBody(HttpServletRequest request, String path) throws IOException, Refusal {
        var kind = BodyKind.of(request, path).orElseThrow(() -> new Refusal(Failure.MEDIA_TYPE));
        if (kind != BodyKind.RAW && BodyKind.hasForeignCharset(request)) {
            throw new Refusal(Failure.malformed("The body is not UTF-8"));
        }
        var body = read(request, limit(kind, path));
        return switch (kind) {
            case JSON -> checked(request, body, json, '{', '[');
            case XML -> checked(request, body, xml, '<', '<');
            case FORM -> {
                refuse(AddressCheck.checkParameters(new String(body, StandardCharsets.ISO_8859_1)));
                yield BufferedRequest.ofForm(request, body);
            }
            case RAW -> BufferedRequest.of(request, body);
        };
    }

    private static HttpServletRequest checked(
            HttpServletRequest request, byte[] body, BodyCheck check, char begin, char otherBegin) throws Refusal {
        char first = first(body);
        boolean mislabelled = (first == '<' || first == '{') && first != begin && first != otherBegin;
        refuse(mislabelled ? Optional.of(Failure.MEDIA_TYPE) : check.check(body));
        return BufferedRequest.of(request, body);
    }

    private int limit(BodyKind kind, String path) {
        if (kind == BodyKind.FORM) {
            return RequestLimits.FORM;
        }
        var limit = path.isEmpty() || path.equals("/") ? limits.bundle() : limits.resource();
        return Math.toIntExact(limit.toBytes());
    }

    private static byte[] read(HttpServletRequest request, int limit) throws IOException, Refusal {
        if (request.getContentLengthLong() > limit) {
            throw new Refusal(Failure.TOO_LONG);
        }
        try (var stream = unpacked(request)) {
            var body = stream.readNBytes(limit + 1);
            if (body.length > limit) {
                throw new Refusal(Failure.TOO_LONG);
            }
            return body;
        } catch (ZipException | EOFException e) {
            throw new Refusal(Failure.malformed("The body is not packed as the header says"));
        } catch (ClientAbortException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw new Refusal(Failure.TOO_SLOW);
            }
            throw e;
        }
    }

    private static InputStream unpacked(HttpServletRequest request) throws IOException, Refusal {
        var encoding =
                Optional.ofNullable(request.getHeader("Content-Encoding")).orElse("identity");
        return switch (encoding) {
            case "identity" -> request.getInputStream();
            case "gzip" -> new GZIPInputStream(request.getInputStream());
            default -> throw new Refusal(Failure.MEDIA_TYPE);
        };
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static char first(byte[] body) {
        for (byte each : body) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return (char) each;
            }
        }
        return ' ';
    }

    private static void refuse(Optional<Failure> failure) throws Refusal {
        if (failure.isPresent()) {
            throw new Refusal(failure.get());
        }
    }

    /** Ends the looking over. */
    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;
        private final transient Failure failure;

        Refusal(Failure failure) {
            super(failure.diagnostics(), null, false, false);
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }
}
