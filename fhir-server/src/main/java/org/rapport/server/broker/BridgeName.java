package org.rapport.server.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.rapport.server.DataDirectory;
import org.rapport.server.StartFailure;

/** The client id of this instance's bridge at an outside broker, which keeps its session under it. */
final class BridgeName {

    private static final String FILE = "bridge-id";

    private BridgeName() {}

    /** What the data directory has, made at the first start. */
    static String in(DataDirectory data) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                var half = data.resolve(FILE + ".new");
                Files.writeString(half, "rapport-bridge-" + UUID.randomUUID());
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartFailure("The file " + file + " cannot be read or written; make it so.", e);
        }
    }
}
