package org.rapport.content;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** A kind of file that is known by how it begins. */
enum FileKind {
    PDF("%PDF-", "application/pdf"),
    PNG("\\x89PNG\\r\\n\\x1a\\n", "image/png"),
    JPEG("\\xff\\xd8\\xff", "image/jpe?g"),
    GIF("GIF8[79]a", "image/gif"),
    TIFF("II\\*\\x00|MM\\x00\\*", "image/tiff"),
    BMP("BM.{4}\\x00\\x00\\x00\\x00", "image/bmp"),
    WEBP("RIFF.{4}WEBP", "image/webp"),
    WAVE("RIFF.{4}WAVE", "audio/(?:x-)?wav"),
    MP4("\\x00\\x00..ftyp", "(?:audio|video)/mp4|video/quicktime|image/heic"),
    OGG("OggS\\x00", "(?:audio|video)/ogg"),
    DICOM(".{128}DICM", "application/dicom"),
    RTF("\\{\\\\rtf", "(?:application|text)/rtf"),
    GZIP("\\x1f\\x8b", "application/gzip"),
    ZIP(
            "PK(?:\\x03\\x04|\\x05\\x06)",
            "application/zip|application/vnd\\.(?:openxmlformats-officedocument|oasis\\.opendocument)\\.[a-z.]+"),
    OLE("\\xd0\\xcf\\x11\\xe0", "application/(?:msword|vnd\\.ms-excel|vnd\\.ms-powerpoint)"),

    /** For Windows, Linux, macOS and the JVM, or a script. */
    PROGRAM(
            "MZ.{0,62}\\x00|\\x7fELF|[\\xce\\xcf]\\xfa\\xed\\xfe|\\xfe\\xed\\xfa[\\xce\\xcf]|\\xca\\xfe\\xba\\xbe|#!\\s?/",
            "");

    private final Pattern beginning;
    private final Pattern types;

    FileKind(String beginning, String types) {
        this.beginning = Pattern.compile(beginning, Pattern.DOTALL);
        this.types = Pattern.compile(types);
    }

    /** What a file is, one character for each byte; empty when it is of no known kind. */
    static Optional<FileKind> of(String file) {
        return Arrays.stream(values())
                .filter(kind -> kind.beginning.matcher(file).lookingAt())
                .findFirst();
    }

    /** The kind that a content type names; empty for a type whose files begin as they like. */
    static Optional<FileKind> named(String contentType) {
        return Arrays.stream(values())
                .filter(kind ->
                        kind != PROGRAM && kind.types.matcher(contentType).matches())
                .findFirst();
    }
}
