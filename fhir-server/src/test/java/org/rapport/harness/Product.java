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

    private Product() {}

    /** The command of an ordinary start, without the properties. */
    static List<String> command(List<String> jvmOptions) {
        return command(jvmOptions, List.of("-jar", jar().toString()));
    }

    /** The command of a start whose clock can be moved: the product's class path, and the clock's classes before it. */
    static List<String> commandWithClock(List<String> jvmOptions, Path folder) {
        var classes = copyOf(List.of(MovedClock.class, MovedClockConfiguration.class), folder);
        return command(jvmOptions, List.of("-cp", classes + ":" + jar(), MAIN));
    }

    private static List<String> command(List<String> jvmOptions, List<String> what) {
        var command = new ArrayList<String>();
        if (Files.exists(Path.of("/proc/self"))) {
            // a process started in the background of a shell would ignore Ctrl-C, and hand that on
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(what);
        return command;
    }

    private static Path jar() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(JAR))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "There is no " + JAR + "; make it with: mvn package -pl fhir-server -am -DskipTests"));
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
