package org.rapport.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The file {@code demo-credentials.json} that a start with the demo world leaves in its data directory.
 *
 * @param json its content
 */
record DemoFile(JsonNode json) {

    /**
     * @throws CommandFailure if there is none
     */
    static DemoFile in(Path data) {
        Path file = data.resolve("demo-credentials.json");
        if (!Files.isReadable(file)) {
            throw new CommandFailure("There is no " + file
                    + ": start Rapport with ./run first, or name its data directory with --data.");
        }
        try {
            return new DemoFile(new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new CommandFailure("The file " + file + " cannot be read as JSON.", e);
        }
    }

    JsonNode client(String clientId) {
        return entry("clients", "clientId", clientId);
    }

    JsonNode user(String username) {
        return entry("users", "username", username);
    }

    JsonNode device(String deviceId) {
        return entry("devices", "deviceId", deviceId);
    }

    String issuer() {
        return json.path("issuer").asText();
    }

    String fhirBase() {
        return json.path("fhirBase").asText();
    }

    String mqttUrl() {
        return json.path("mqttUrl").asText();
    }

    private JsonNode entry(String list, String key, String value) {
        return StreamSupport.stream(json.path(list).spliterator(), false)
                .filter(entry -> entry.path(key).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("The demo has no " + key + " \"" + value + "\" among its " + list
                        + "; it has " + names(list, key) + "."));
    }

    private String names(String list, String key) {
        return StreamSupport.stream(json.path(list).spliterator(), false)
                .map(entry -> entry.path(key).asText())
                .collect(Collectors.joining(", "));
    }
}
