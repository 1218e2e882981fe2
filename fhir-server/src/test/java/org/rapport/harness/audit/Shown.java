package org.rapport.harness.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds in an answer whose resources it shows: patients themselves, and what says whom it is about. */
final class Shown {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Shown() {}

    /** Their ids; none of what is no JSON. */
    static List<String> patients(String answer) {
        return parsed(answer)
                .map(Shown::resources)
                .orElseGet(Stream::empty)
                .flatMap(Shown::patient)
                .distinct()
                .toList();
    }

    /** The body as JSON, if it is. */
    static Optional<JsonNode> parsed(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Stream<JsonNode> resources(JsonNode shown) {
        return shown.path("resourceType").asText().equals("Bundle")
                ? StreamSupport.stream(shown.path("entry").spliterator(), false)
                        .flatMap(entry -> resources(entry.path("resource")))
                : Stream.of(shown);
    }

    private static Stream<String> patient(JsonNode resource) {
        if (resource.path("resourceType").asText().equals("Patient")) {
            return Stream.of(resource.path("id").asText()).filter(id -> !id.isEmpty());
        }
        return Stream.of("subject", "patient")
                .map(element -> resource.path(element).path("reference").asText())
                .filter(reference -> reference.matches("Patient/[A-Za-z0-9.-]+"))
                .map(reference -> reference.substring("Patient/".length()));
    }
}
