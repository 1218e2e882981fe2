package org.rapport.limit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Optional;
import org.rapport.failure.Failure;

/** Reads JSON token by token, keeping nothing but the names of the open objects. */
final class JsonCheck {

    private static final int TOKENS = 5_000_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(RequestLimits.DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(200)
                    .maxNameLength(1_000)
                    .maxTokenCount(TOKENS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonCheck() {}

    static Optional<Failure> check(byte[] body, int entries) {
        boolean escapes = hasEscapes(body);
        try (var json = JSON.createParser(body)) {
            int found = 0;
            while (json.nextToken() != null) {
                if (escapes && json.currentToken() == JsonToken.VALUE_STRING && !isText(json)) {
                    return Optional.of(Failure.malformed("The body holds a character that is none"));
                }
                if (isEntry(json) && ++found > entries) {
                    return Optional.of(Failure.of(413, "too-long", "The bundle has more than " + entries + " entries"));
                }
                if (json.getParsingContext().inRoot() && json.currentToken().isStructEnd()) {
                    return isEnd(json) ? Optional.empty() : Optional.of(broken());
                }
            }
            return Optional.of(broken());
        } catch (StreamConstraintsException e) {
            return Optional.of(Failure.of(400, "too-costly", "The body is nested too deeply or holds too many parts"));
        } catch (IOException e) {
            return Optional.of(broken());
        }
    }

    private static Failure broken() {
        return Failure.malformed("The body is not JSON with unique names");
    }

    private static boolean isEnd(JsonParser json) throws IOException {
        return json.nextToken() == null;
    }

    /** An object in the root's {@code entry} list. */
    private static boolean isEntry(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        var list = json.getParsingContext().getParent();
        return list != null
                && list.inArray()
                && list.getParent().inObject()
                && list.getParent().getParent().inRoot()
                && "entry".equals(list.getParent().getCurrentName());
    }

    private static boolean hasEscapes(byte[] body) {
        for (int i = 1; i < body.length; i++) {
            if (body[i] == 'u' && body[i - 1] == '\\') {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(JsonParser json) throws IOException {
        var text = json.getText();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                return false;
            }
            i += pair ? 1 : 0;
        }
        return true;
    }
}
