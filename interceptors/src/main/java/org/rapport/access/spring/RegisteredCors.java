package org.rapport.access.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rapport.access.RegisteredOrigins;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Lets scripts of registered apps read answers, each from its own origin and without cookies; a preflight needs no token.
 *
 * @param origins where apps are registered
 * @param methods what the scripts may send
 */
public record RegisteredCors(RegisteredOrigins origins, List<String> methods) implements CorsConfigurationSource {

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final List<String> READABLE = List.of(
            "Location",
            "Content-Location",
            "ETag",
            "Last-Modified",
            "X-Request-ID",
            "WWW-Authenticate",
            "Retry-After",
            "Content-Disposition");

    /** Keeps its own copy of the methods. */
    public RegisteredCors {
        methods = List.copyOf(methods);
    }

    /**
     * What is allowed to the origin of a request.
     *
     * @return null for an origin where no app is registered: its scripts may read nothing
     */
    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!isRegistered(origin)) {
            return null;
        }
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(List.of(origin));
        cors.setAllowedMethods(methods);
        cors.addAllowedHeader(CorsConfiguration.ALL);
        cors.setAllowCredentials(false);
        cors.setExposedHeaders(READABLE);
        cors.setMaxAge(REMEMBERED);
        return cors;
    }

    /** The origin of a sandboxed page or a file is written {@code null}, and so nobody's. */
    private boolean isRegistered(@Nullable String origin) {
        return origin != null && !origin.equals("null") && origins.isRegistered(origin);
    }
}
