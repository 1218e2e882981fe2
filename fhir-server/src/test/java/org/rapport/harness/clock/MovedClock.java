package org.rapport.harness.clock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock beside the machine's by an offset that a file holds.
 *
 * <p>The file is mapped into memory, so a test in one process moves the clock of servers in others at once.
 */
public final class MovedClock extends Clock {

    private static final int BYTES = Long.BYTES;

    private final Clock machine;
    private final MappedByteBuffer offsetMillis;

    private MovedClock(Clock machine, MappedByteBuffer offsetMillis) {
        this.machine = machine;
        this.offsetMillis = offsetMillis;
    }

    /** The clock of that file; a new file stands for no offset. */
    public static MovedClock of(Path file) {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new MovedClock(Clock.systemUTC(), channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves every clock of the file, forward for a positive duration. */
    public void move(Duration by) {
        offsetMillis.putLong(0, offsetMillis.getLong(0) + by.toMillis());
    }

    @Override
    public Instant instant() {
        return machine.instant().plusMillis(offsetMillis.getLong(0));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MovedClock(machine.withZone(zone), offsetMillis);
    }
}
