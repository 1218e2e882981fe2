package org.rapport.outbound;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes a connection under whoever takes too long with it: reading has a time-out of its own, writing has not. */
public final class Deadline implements AutoCloseable {

    private final AtomicBoolean reached = new AtomicBoolean();
    private final CompletableFuture<Void> closing;

    /** Begins to count. */
    public Deadline(Socket socket, Duration time) {
        closing = CompletableFuture.runAsync(
                () -> {
                    reached.set(true);
                    close(socket);
                },
                CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** What went wrong: that it took too long, or what the connection said. */
    public IOException explain(IOException failure) {
        return reached.get() ? new SocketTimeoutException("It took too long.") : failure;
    }

    /** Stops to count. */
    @Override
    public void close() {
        closing.cancel(false);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed as far as it can be, and whoever waits for it is told by a failure of its own
        }
    }
}
