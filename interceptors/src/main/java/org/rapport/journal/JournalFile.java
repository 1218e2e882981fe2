package org.rapport.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.rapport.audit.AuditEntry;
import org.rapport.chain.Hash;

/** A journal that this process has begun and writes to; nobody else does, and no later process. */
final class JournalFile implements AutoCloseable {

    /** How the name of a journal ends. */
    static final String SUFFIX = ".ndjson";

    private final UUID id;
    private final Path path;
    private final FileChannel channel;
    private Hash head = Hash.NOTHING;
    private long lines;
    private long size;

    private JournalFile(UUID id, Path path, FileChannel channel) {
        this.id = id;
        this.path = path;
        this.channel = channel;
    }

    /**
     * Begins one, with a name that comes after those begun earlier.
     *
     * @param folder made when it is missing
     */
    static JournalFile begin(Path folder, UUID id, Instant now) throws IOException {
        boolean isNew = Files.notExists(folder);
        Files.createDirectories(folder);
        if (isNew) {
            force(folder.resolve(".."));
        }
        var path = folder.resolve("%013d-%s%s".formatted(now.toEpochMilli(), id, SUFFIX));
        Files.createFile(path, ownerOnly(folder));
        var file = new JournalFile(id, path, FileChannel.open(path, StandardOpenOption.WRITE));
        try {
            force(folder);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return file;
    }

    /** Has the names in a folder on the disk. */
    private static void force(Path folder) throws IOException {
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    Path path() {
        return path;
    }

    /** How many lines it has. */
    long lines() {
        return lines;
    }

    /** Adds a line for each row; they are on the disk when it returns. */
    void append(Instant now, List<AuditEntry> rows) throws IOException {
        var text = new StringBuilder();
        var last = head;
        for (int row = 0; row < rows.size(); row++) {
            var line = new JournalLine(id, lines + row + 1, now, rows.get(row), last);
            text.append(line.text()).append('\n');
            last = line.hash();
        }
        write(text.toString().getBytes(StandardCharsets.UTF_8));
        head = last;
        lines += rows.size();
    }

    private void write(byte[] text) throws IOException {
        var bytes = ByteBuffer.wrap(text);
        channel.position(size);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
        size += text.length;
    }

    /** Takes away what an append that failed has left, as far as that works, and ends the journal. */
    void giveUp() {
        try (channel) {
            channel.truncate(size);
            channel.force(true);
        } catch (IOException e) {
            // what is left are rows of answers that did not leave, the last of them cut off
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
