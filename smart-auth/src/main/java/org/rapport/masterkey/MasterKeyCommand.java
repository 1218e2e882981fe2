package org.rapport.masterkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Master keys that a program prints, one in a line, such as the command line of a key management service.
 *
 * @param command the program and its arguments
 * @param patience how long it may take
 */
record MasterKeyCommand(List<String> command, Duration patience) implements MasterKeySource {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_BYTES = 4096;

    @Override
    public List<String> keys() {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().close();
                return printed(process);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw failed("cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", e);
        }
    }

    /** What it says besides the keys is neither read nor logged: it may hold a secret. */
    private List<String> printed(Process process) throws InterruptedException {
        var output = CompletableFuture.supplyAsync(
                () -> read(process), reading -> new Thread(reading, "master-key-command").start());
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failed("did not end within " + patience.toSeconds() + " seconds", null);
        }
        if (process.exitValue() != 0) {
            throw failed("ended with exit code " + process.exitValue(), null);
        }
        try {
            return output.join().lines().toList();
        } catch (CompletionException e) {
            throw failed("could not be read", e);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UnusableMasterKey failed(String how, @Nullable Throwable cause) {
        return new UnusableMasterKey(
                "The master key command " + this + " " + how + "; see rapport.keys.master-key-command.", cause);
    }

    /** The program without its arguments, which may be secret. */
    @Override
    public String toString() {
        return command.get(0);
    }
}
