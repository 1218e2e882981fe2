package org.rapport.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.rapport.chain.Hash;
import org.rapport.checkpoint.Checkpoint.Extent;
import org.rapport.checkpoint.Checkpoint.Kind;
import org.rapport.checkpoint.Checkpoint.Signature;

/**
 * A checkpoint as it stands in a file.
 *
 * @param checkpoint what it says
 * @param hash the SHA-256 of the line
 */
public record CheckpointLine(Checkpoint checkpoint, Hash hash) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a line; empty when it is none, such as one that a crash has cut off. */
    static Optional<CheckpointLine> parse(String line) {
        try {
            var json = JSON.readTree(line);
            var extent = new Extent(
                    json.path("since").asLong(),
                    json.path("count").asLong(),
                    Hash.ofHex(text(json, "head")),
                    Hash.ofHex(text(json, "root")));
            var checkpoint = new Checkpoint(
                    Kind.valueOf(text(json, "kind").toUpperCase(Locale.ROOT)),
                    extent,
                    Instant.parse(text(json, "time")),
                    text(json, "note"),
                    Hash.ofHex(text(json, "before")),
                    new Signature(json.path("epoch").asInt(), text(json, "signature")));
            return Optional.of(new CheckpointLine(checkpoint, Hash.sha256(line.getBytes(StandardCharsets.UTF_8))));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asText();
    }
}
