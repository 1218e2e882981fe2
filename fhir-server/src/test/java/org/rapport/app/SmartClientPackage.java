package org.rapport.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** The SMART JavaScript client from the npm registry, in the version that the lock file names. */
final class SmartClientPackage {

    private static final long MINUTES = 3;

    private SmartClientPackage() {}

    /**
     * Fetches the package unless it is there.
     *
     * @throws TestAbortedException where there is no npm: the test is skipped, and the report says why
     */
    static synchronized void require(Path folder, Path file) {
        if (Files.exists(file)) {
            return;
        }
        try {
            var npm = new ProcessBuilder("npm", "ci", "--ignore-scripts")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!npm.waitFor(MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0 || !Files.exists(file)) {
                npm.destroyForcibly();
                throw new IllegalStateException("npm ci did not bring the SMART client into " + folder + ".");
            }
        } catch (IOException e) {
            System.err.println("NOT TESTED: no SMART app is launched, because there is no npm on this machine.");
            throw new TestAbortedException(
                    "There is no npm on this machine; install it, or run npm ci in " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
