package org.rapport.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a payload as one JSON object in UTF-8, small, shallow and with unique names; numbers keep their digits. */
final class StrictJson {

    /** The largest payload, in bytes. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int DEPTH = 10;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(60)
                            .maxNameLength(100)
                            .maxStringLength(4_000)
                            .maxTokenCount(10_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private StrictJson() {}

    static JsonNode object(byte[] payload) {
        if (payload.length > MOST_BYTES) {
            throw new RefusedPayload(
                    Refusal.TOO_LONG, "A payload has at most " + MOST_BYTES + " bytes; send one reading at a time.");
        }
        try {
            var node = JSON.readTree(text(payload));
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (StreamConstraintsException e) {
            throw new RefusedPayload(
                    Refusal.TOO_LONG, "The payload is nested deeper than " + DEPTH + " levels, or has too long parts.");
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw notAnObject();
        }
        throw notAnObject();
    }

    private static String text(byte[] payload) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(payload))
                .toString();
    }

    private static RefusedPayload notAnObject() {
        return new RefusedPayload(Refusal.STRUCTURE, "The payload is not a JSON object in UTF-8 with unique names.");
    }
}
