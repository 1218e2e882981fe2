package org.rapport.masterkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Master keys in a file that only its owner can read, one in a line; file and key are made when the file is missing.
 *
 * @param file where they are
 */
record MasterKeyFile(Path file) implements MasterKeySource {

    private static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    @Override
    public List<String> keys() {
        try {
            if (!Files.exists(file)) {
                create();
            }
            requirePrivate();
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UnusableMasterKey(
                    "The master key file %s cannot be read or made; set rapport.keys.master-key-file to one that can."
                            .formatted(file),
                    e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private void create() throws IOException {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, ownerOnly(half));
        Files.writeString(half, Base64.getEncoder().encodeToString(key), StandardOpenOption.WRITE);
        Files.move(half, file);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private void requirePrivate() throws IOException {
        if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new UnusableMasterKey("Others can read the master key; run: chmod 600 " + file, null);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
