package org.rapport.limit.spring;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * The body of the requests of one connection, read for no longer than it may take to come: a time for each, and more for as
 * much as comes at a decent rate.
 */
final class TimedInput implements InputBuffer {

    private static final long BYTES_PER_SECOND = 64 * 1024L;

    private final InputBuffer body;
    private final LongSupplier nanoTime;
    private volatile long end;
    private volatile boolean reading;

    private TimedInput(InputBuffer body, LongSupplier nanoTime) {
        this.body = body;
        this.nanoTime = nanoTime;
    }

    /** Begins to count for a request; its connection may have had others. */
    static TimedInput begin(Request request, Duration patience, LongSupplier nanoTime) {
        var input = request.getInputBuffer() instanceof TimedInput timed
                ? timed
                : new TimedInput(request.getInputBuffer(), nanoTime);
        request.setInputBuffer(input);
        input.end = nanoTime.getAsLong() + patience.toNanos();
        return input;
    }

    @Override
    public int doRead(ApplicationBufferHandler target) throws IOException {
        if (nanoTime.getAsLong() - end > 0) {
            throw new SocketTimeoutException("The body comes too slowly.");
        }
        reading = true;
        int read;
        try {
            read = body.doRead(target);
        } finally {
            reading = false;
        }
        if (read > 0) {
            long later = end + read * 1_000_000_000L / BYTES_PER_SECOND;
            end = later;
        }
        return read;
    }

    /** Whether one read waits beyond the time, as it does while the head of a chunk or a trailer drips in. */
    boolean isOverdue(long now) {
        return reading && now - end > 0;
    }

    @Override
    public int available() {
        return body.available();
    }
}
