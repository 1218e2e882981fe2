package org.rapport.limit;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.rapport.failure.Failure;

/**
 * Looks a body over without building anything from it: what passes can be parsed with a bounded stack and memory, and
 * means the same to every parser.
 */
public interface BodyCheck {

    /** What is wrong with a body; empty when it may be parsed. */
    Optional<Failure> check(byte[] body);

    /** For JSON: depth, entries, unique names, well-formed text. */
    static BodyCheck json(int entries) {
        return body -> text(body).or(() -> JsonCheck.check(body, entries));
    }

    /** For XML: depth, entries, no document type, well-formed text. */
    static BodyCheck xml(int entries) {
        return body -> text(body).or(() -> XmlCheck.check(body, entries));
    }

    /** Anything but UTF-8 without NUL and without byte order mark. */
    private static Optional<Failure> text(byte[] body) {
        boolean byteOrderMark = body.length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB;
        for (byte each : body) {
            if (each == 0) {
                return Optional.of(Failure.malformed("The body holds a NUL character"));
            }
        }
        return byteOrderMark || !isUtf8(body)
                ? Optional.of(Failure.malformed("The body is not UTF-8 without byte order mark"))
                : Optional.empty();
    }

    private static boolean isUtf8(byte[] body) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.wrap(body);
        var chars = CharBuffer.allocate(8192);
        while (bytes.hasRemaining()) {
            chars.clear();
            var result = decoder.decode(bytes, chars, true);
            if (result.isError()) {
                return false;
            }
        }
        return true;
    }
}
