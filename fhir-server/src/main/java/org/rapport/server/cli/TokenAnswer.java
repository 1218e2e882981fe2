package org.rapport.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;

/** Reads the answer of the token endpoint. */
final class TokenAnswer {

    private TokenAnswer() {}

    /**
     * @throws CommandFailure with the OAuth error when there is no token in it
     */
    static String accessToken(HttpResponse<String> answer) {
        try {
            var json = new ObjectMapper().readTree(answer.body());
            String token = json.path("access_token").asText();
            if (!token.isEmpty()) {
                return token;
            }
            throw new CommandFailure("The server gives no token: "
                    + json.path("error").asText("status " + answer.statusCode())
                    + (json.has("error_description")
                            ? " (" + json.path("error_description").asText() + ")"
                            : "") + ".");
        } catch (JsonProcessingException e) {
            throw new CommandFailure("The server gives no token: status " + answer.statusCode() + ".", e);
        }
    }
}
