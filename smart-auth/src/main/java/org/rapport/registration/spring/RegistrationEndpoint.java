package org.rapport.registration.spring;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rapport.access.PublicOrigin;
import org.rapport.account.AttemptThrottle;
import org.rapport.registration.DynamicRegistration;
import org.rapport.registration.RefusedRegistration;
import org.springframework.web.HttpRequestHandler;

/**
 * Takes registrations at {@code /oauth2/register} and shows or removes what was registered at
 * {@code /oauth2/register/<client id>}.
 */
final class RegistrationEndpoint implements HttpRequestHandler {

    static final String PATH = "/oauth2/register";

    private static final int MOST_BYTES = 16 * 1024;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String BEARER = "Bearer ";

    private final DynamicRegistration registration;
    private final AttemptThrottle failures;
    private final PublicOrigin origin;

    RegistrationEndpoint(DynamicRegistration registration, AttemptThrottle failures, PublicOrigin origin) {
        this.registration = registration;
        this.failures = failures;
        this.origin = origin;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var address = request.getRemoteAddr();
        if (failures.holds(address)) {
            response.setHeader("Retry-After", "300");
            error(response, TOO_MANY_REQUESTS, "invalid_token", "too many attempts");
            return;
        }
        var token = token(request);
        var clientId = clientId(request);
        if (token.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            error(response, HttpServletResponse.SC_UNAUTHORIZED, "invalid_token", "an access token is expected");
        } else if (clientId.isEmpty() && request.getMethod().equals("POST")) {
            register(request, response, token.get());
        } else if (clientId.isPresent() && request.getMethod().equals("GET")) {
            var known = registration.read(clientId.get(), token.get());
            found(response, address, known.isPresent(), () -> answer(response, 200, known.orElseThrow()));
        } else if (clientId.isPresent() && request.getMethod().equals("DELETE")) {
            boolean deleted = registration.delete(clientId.get(), token.get(), address);
            found(response, address, deleted, () -> response.setStatus(HttpServletResponse.SC_NO_CONTENT));
        } else {
            response.setHeader("Allow", clientId.isEmpty() ? "POST" : "GET, DELETE");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    /** Writes a fault of the server. */
    static void fault(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        error(response, status, status == 503 ? "temporarily_unavailable" : "server_error", "try again later");
    }

    private interface Writing {
        void write() throws IOException;
    }

    private void found(HttpServletResponse response, String address, boolean found, Writing writing)
            throws IOException {
        if (found) {
            writing.write();
        } else {
            invalidToken(response, address);
        }
    }

    private void register(HttpServletRequest request, HttpServletResponse response, String token) throws IOException {
        var body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        boolean json = String.valueOf(request.getContentType())
                .toLowerCase(Locale.ROOT)
                .startsWith("application/json");
        var metadata = json && body.length <= MOST_BYTES ? new String(body, StandardCharsets.UTF_8) : "";
        try {
            answer(response, HttpServletResponse.SC_CREATED, registration.register(token, metadata, address(request)));
        } catch (RefusedRegistration refused) {
            if (refused.reason() == RefusedRegistration.Reason.INVALID_TOKEN) {
                invalidToken(response, address(request));
            } else {
                error(
                        response,
                        HttpServletResponse.SC_BAD_REQUEST,
                        refused.reason().name().toLowerCase(Locale.ROOT),
                        String.valueOf(refused.getMessage()));
            }
        }
    }

    private void invalidToken(HttpServletResponse response, String address) throws IOException {
        failures.failed(address);
        response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        error(response, HttpServletResponse.SC_UNAUTHORIZED, "invalid_token", "the token does not work");
    }

    private void answer(HttpServletResponse response, int status, Map<String, Object> content) throws IOException {
        content.put("registration_client_uri", origin.baseUrl() + PATH + '/' + content.get("client_id"));
        json(response, status, content);
    }

    private static void error(HttpServletResponse response, int status, String error, String description)
            throws IOException {
        json(response, status, Map.of("error", error, "error_description", description));
    }

    private static void json(HttpServletResponse response, int status, Map<String, Object> content) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(JSONObjectUtils.toJSONString(content));
    }

    private static String address(HttpServletRequest request) {
        return request.getRemoteAddr();
    }

    private static Optional<String> clientId(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.length() > PATH.length() ? Optional.of(path.substring(PATH.length() + 1)) : Optional.empty();
    }

    /** Only in the header: an address is written into logs. */
    private static Optional<String> token(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip());
    }
}
