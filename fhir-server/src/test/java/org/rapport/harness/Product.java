package org.rapport.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rapport.harness.clock.MovedClock;
import org.rapport.harness.clock.MovedClockConfiguration;

/** The packaged product: where it is and how it is started. */
final class Product {

    private static final String MAIN = "org.rapport.RapportApplication";
    private static final String JAR = "fhir-server/target/rapport/rapport.jar";

    /** The first JVM that can keep the classes it has loaded for those that come after it. */
    private static final int KEEPS_CLASSES = 19;

    private Product() {}

    /**
     * The options of a JVM that starts quickly, and more quickly once another has ended in good order; or those of the
     * system property {@code rapport.harness.jvm}, to measure with.
     */
    static List<String> quickStart() {
        var given = System.getProperty("rapport.harness.jvm", "");
        if (!given.isBlank()) {
            return List.of(given.split(" "));
        }
        var options = new ArrayList<>(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=160m"));
        if (Runtime.version().feature() >= KEEPS_CLASSES) {
            options.add("-XX:+AutoCreateSharedArchive");
            options.add("-XX:SharedArchiveFile=" + jar().resolveSibling("harness.jsa"));
        }
        return options;
    }

    /** The command of an ordinary start, without the properties. */
    static List<String> command(List<String> jvmOptions) {
        return command(jvmOptions, List.of("-jar", jar().toString()));
    }

    /** The command of a start whose clock can be moved: the product's class path, and the clock's classes before it. */
    static List<String> commandWithClock(List<String> jvmOptions, Path folder) {
        var classes = copyOf(List.of(MovedClock.class, MovedClockConfiguration.class), folder);
        return command(jvmOptions, List.of("-cp", classes + ":" + jar(), MAIN));
    }

    /** The command of a start by the script that users run, without the properties. */
    static List<String> runScript(Path data, String demo) {
        var command = hearingCtrlC();
        command.addAll(List.of("bash", inRepository("run").toString(), "--no-rehearsal", "--data", data.toString()));
        if (!Boolean.parseBoolean(demo)) {
            command.add("--no-demo");
        }
        command.add("--");
        return command;
    }

    /** A process started in the background of a shell would ignore Ctrl-C, and hand that on. */
    private static List<String> hearingCtrlC() {
        boolean linux = Files.exists(Path.of("/proc/self"));
        return new ArrayList<>(linux ? List.of("env", "--default-signal=INT") : List.of());
    }

    private static List<String> command(List<String> jvmOptions, List<String> what) {
        var command = hearingCtrlC();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(what);
        return command;
    }

    private static Path jar() {
        return inRepository(JAR);
    }

    private static Path inRepository(String file) {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(file))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + file
                        + "; make the product with: mvn package -pl fhir-server -am -DskipTests"));
    }

    private static Path copyOf(List<Class<?>> types, Path folder) {
        for (var type : types) {
            var file = type.getName().replace('.', '/') + ".class";
            try (var bytes = Product.class.getClassLoader().getResourceAsStream(file)) {
                var target = folder.resolve(file);
                Files.createDirectories(target.getParent());
                Files.write(target, bytes == null ? new byte[0] : bytes.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder;
    }
}
