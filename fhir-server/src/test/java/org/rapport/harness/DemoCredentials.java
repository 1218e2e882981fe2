package org.rapport.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/**
 * What the demo world hands to test clients.
 *
 * @param json the content of {@code demo-credentials.json}
 */
public record DemoCredentials(JsonNode json) {

    /** Reads the file that a server has written to its data directory. */
    public static DemoCredentials of(Path dataDirectory) {
        try {
            return new DemoCredentials(new ObjectMapper()
                    .readTree(dataDirectory.resolve("demo-credentials.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The person with that user name. */
    public JsonNode user(String username) {
        return StreamSupport.stream(json.path("users").spliterator(), false)
                .filter(user -> user.path("username").asText().equals(username))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The demo world has nobody called " + username + "."));
    }

    /** The client of that id. */
    public JsonNode client(String clientId) {
        return StreamSupport.stream(json.path("clients").spliterator(), false)
                .filter(client -> client.path("clientId").asText().equals(clientId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The demo world has no client " + clientId + "."));
    }
}
