package org.rapport.demo.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.rapport.server.StartFailure;

/** The file {@code demo-credentials.json}: whole or not there, and for its owner's eyes only. */
final class CredentialsFile {

    static final String NAME = "demo-credentials.json";

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Path file;

    CredentialsFile(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    Optional<DemoCredentials> read() {
        if (!exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(file.toFile(), DemoCredentials.class));
        } catch (IOException e) {
            throw new StartFailure(
                    "The file " + file + " cannot be read; restore it, or start with an empty data directory.", e);
        }
    }

    void write(DemoCredentials credentials) {
        try {
            var half = file.resolveSibling(NAME + ".new");
            Files.deleteIfExists(half);
            Files.createFile(half, ownerOnly(half));
            Files.write(half, json.writeValueAsBytes(credentials), StandardOpenOption.WRITE);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartFailure(
                    "The file " + file + " cannot be written; make its folder writable, or choose another with"
                            + " rapport.data-dir.",
                    e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
