package org.rapport.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether the bytes of a file are what its content type says, and nothing that runs. It finds no malware but the test string
 * that every scanner knows; it keeps a file from being taken for another kind than the one it is shown as.
 *
 * @see <a href="https://mimesniff.spec.whatwg.org/">MIME Sniffing</a>
 * @see <a href="https://www.eicar.org/download-anti-malware-testfile/">EICAR's test file</a>
 */
public final class FileRule {

    /** How much of the beginning a browser or a reader looks at to tell what a file is. */
    private static final int BEGINNING = 1024;

    /** The longest end of a ZIP archive: what comes after it is a comment. */
    private static final int ARCHIVE_END = 22 + 65_535;

    private static final String ARCHIVE_MARK = "PK\u0005\u0006";
    private static final String EICAR = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!";
    private static final Pattern MARKUP =
            Pattern.compile("<(?:!doctype\\s+html|html|head|body|script|iframe|svg|object|embed)[\\s>/]");
    private static final Set<String> TEXT = Set.of(
            "application/json",
            "application/xml",
            "application/fhir+json",
            "application/fhir+xml",
            "application/hl7-v3+xml",
            "application/hl7-cda+xml",
            "image/svg+xml");

    private FileRule() {}

    /** Whether a file of that content type may be kept. */
    public static boolean allows(String contentType, byte[] file) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        var text = new String(file, ISO_8859_1);
        var kind = FileKind.of(text);
        if (text.contains(EICAR) || kind.equals(Optional.of(FileKind.PROGRAM))) {
            return false;
        }
        return isText(type) ? kind.isEmpty() && isUtf8(file) : isOneThing(type, text, kind);
    }

    /** Begins as its type begins, if that is known, and hides no page, document or archive of another. */
    private static boolean isOneThing(String type, String text, Optional<FileKind> kind) {
        var declared = FileKind.named(type);
        if (declared.isEmpty()) {
            return true;
        }
        var beginning = text.substring(0, Math.min(BEGINNING, text.length()));
        var end = text.substring(Math.max(0, text.length() - ARCHIVE_END));
        return kind.equals(declared)
                && !MARKUP.matcher(beginning.toLowerCase(Locale.ROOT)).find()
                && (declared.get() == FileKind.PDF || !beginning.contains("%PDF-"))
                && (declared.get() == FileKind.ZIP || !end.contains(ARCHIVE_MARK));
    }

    private static boolean isText(String type) {
        return (type.startsWith("text/") && FileKind.named(type).isEmpty()) || TEXT.contains(type);
    }

    private static boolean isUtf8(byte[] file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .chars()
                    .noneMatch(c -> c == 0);
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
