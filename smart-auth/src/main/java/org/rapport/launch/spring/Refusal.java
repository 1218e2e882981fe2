package org.rapport.launch.spring;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why an EHR is refused, in the form of an OAuth error.
 *
 * @param description what to do; nothing of the request is in it
 */
record Refusal(int status, String error, String description) {

    static final Refusal NOT_AUTHENTICATED = new Refusal(401, "invalid_token", "Send a valid access token.");
    static final Refusal NOT_AN_EHR = new Refusal(
            403, "unauthorized_client", "Send an access token that a person gave to a client that may launch.");
    static final Refusal CLOSED = new Refusal(403, "access_denied", "The user cannot open this record.");
    static final Refusal OF_EMERGENCY =
            new Refusal(403, "access_denied", "A token of an emergency opens no application.");
    static final Refusal NO_SUCH_APPLICATION =
            new Refusal(400, "invalid_request", "Send the client_id of an application with the scope launch.");
    static final Refusal MALFORMED = new Refusal(400, "invalid_request", "Send a JSON object of at most 16 KB.");
    static final Refusal MEDIA_TYPE = new Refusal(415, "invalid_request", "Send application/json.");

    private static final ObjectMapper JSON = new ObjectMapper();

    static Refusal invalid(String description) {
        return new Refusal(400, "invalid_request", description);
    }

    void write(HttpServletResponse response) throws IOException {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        response.getWriter().write(JSON.writeValueAsString(body));
    }
}
