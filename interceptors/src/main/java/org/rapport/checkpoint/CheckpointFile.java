package org.rapport.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The checkpoints that this instance has seen made, one JSON object in a line, only ever appended and on the disk before an
 * append returns. A line that a crash has cut off is passed over.
 */
public final class CheckpointFile {

    /** Longer than two lines can be. */
    private static final int TAIL_BYTES = 16 * 1024;

    private final Path file;

    /** @param folder made when it is missing */
    public CheckpointFile(Path folder) {
        this.file = folder.resolve("checkpoints.ndjson");
    }

    /** All lines, in their order. */
    public List<CheckpointLine> lines() {
        try (var lines = Files.exists(file) ? Files.lines(file) : List.<String>of().stream()) {
            return lines.map(CheckpointLine::parse).flatMap(Optional::stream).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line. */
    public Optional<CheckpointLine> last() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return last(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Appends what comes after the last line; nobody else appends meanwhile.
     *
     * @param next what is appended; empty for nothing
     */
    void append(Function<Optional<CheckpointLine>, Optional<Checkpoint>> next) {
        try {
            make();
            try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                var line = next.apply(last(channel)).map(Checkpoint::line);
                if (line.isPresent() && lock.isValid()) {
                    write(channel, line.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void make() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
            Files.createFile(file, ownerOnly());
            try (var opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** After a line that was cut off, on a new one. */
    private static void write(FileChannel channel, String line) throws IOException {
        long end = channel.size();
        var tail = read(channel, Math.max(0, end - 1));
        var bytes = ByteBuffer.wrap(
                ((tail.isEmpty() || tail.equals("\n") ? "" : "\n") + line + "\n").getBytes(StandardCharsets.UTF_8));
        channel.position(end);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    private static Optional<CheckpointLine> last(FileChannel channel) throws IOException {
        var lines = read(channel, Math.max(0, channel.size() - TAIL_BYTES)).split("\n", -1);
        for (int at = lines.length - 1; at >= 0; at--) {
            var line = CheckpointLine.parse(lines[at]);
            if (line.isPresent()) {
                return line;
            }
        }
        return Optional.empty();
    }

    private static String read(FileChannel channel, long from) throws IOException {
        var bytes = ByteBuffer.allocate((int) (channel.size() - from));
        channel.position(from);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // until the end
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
}
