package org.rapport.server.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * The moment up to which the index holds every change, kept in a file beside it.
 *
 * @param file where the moment is written, as ISO 8601 text
 */
record IndexMark(Path file) {

    /** The moment, or the epoch when the index is new, lost or from before a crash of the disk. */
    Instant read() {
        try {
            return Instant.parse(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (IOException | DateTimeParseException unknown) {
            return Instant.EPOCH;
        }
    }

    void write(Instant moment) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, moment.toString(), StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
