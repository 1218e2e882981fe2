package org.rapport.accessibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** The accessibility checker from the npm registry, in the version that the lock file names. */
final class AxePackage {

    private static final Path FOLDER = Path.of("src", "test", "axe").toAbsolutePath();
    private static final Path FILE = FOLDER.resolve(Path.of("node_modules", "axe-core", "axe.min.js"));
    private static final long MINUTES = 3;

    private AxePackage() {}

    /**
     * Its script; the package is fetched unless it is there.
     *
     * @throws TestAbortedException where there is no npm: the test is skipped, and the report says why
     */
    static synchronized String script() {
        if (!Files.exists(FILE)) {
            fetch();
        }
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fetch() {
        try {
            var npm = new ProcessBuilder("npm", "ci", "--ignore-scripts")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!npm.waitFor(MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0 || !Files.exists(FILE)) {
                npm.destroyForcibly();
                throw new IllegalStateException("npm ci did not bring axe-core into " + FOLDER + ".");
            }
        } catch (IOException e) {
            System.err.println("NOT TESTED: no page is checked for accessibility: there is no npm on this machine.");
            throw new TestAbortedException(
                    "There is no npm on this machine; install it, or run npm ci in " + FOLDER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
