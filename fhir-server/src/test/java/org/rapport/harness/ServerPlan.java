package org.rapport.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rapport.harness.clock.MovedClock;
import org.rapport.harness.clock.MovedClockConfiguration;

/**
 * How a server is to be started.
 *
 * @param name for its folder and logs
 * @param folder where it keeps both
 * @param command what the operating system runs, without the properties
 * @param properties names without the leading dashes
 */
public record ServerPlan(String name, Path folder, List<String> command, Map<String, String> properties) {

    private static final String DATA = "rapport.data-dir";
    private static final String DEMO = "rapport.demo.enabled";
    private static final Set<String> OPTIONS_OF_THE_SCRIPT = Set.of(DATA, DEMO);
    private static final List<String> QUICK_START = Product.quickStart();

    /** Copies its collections. */
    public ServerPlan {
        command = List.copyOf(command);
        properties = Map.copyOf(properties);
    }

    static ServerPlan of(String name, Path folder) {
        var properties = new LinkedHashMap<String, String>();
        properties.put(DATA, folder.resolve(name + "-data").toString());
        properties.put(DEMO, "true");
        properties.put("rapport.limit.rate.user", "60000"); // tests ask faster than people do
        properties.put("rapport.anomaly.trusted-clients", "demo-backend,demo-reader"); // they read all there is
        for (var port : List.of(
                "rapport.http.port",
                "rapport.management.port",
                "rapport.mqtt.port",
                "rapport.database.embedded-port",
                "rapport.demo.smtp-port")) {
            properties.put(port, Integer.toString(Ports.free()));
        }
        return new ServerPlan(name, folder, Product.command(QUICK_START), properties);
    }

    /** The same with one more property, or with another value for one. */
    public ServerPlan with(String property, Object value) {
        var changed = new LinkedHashMap<>(properties);
        changed.put(property, value.toString());
        return new ServerPlan(name, folder, command, changed);
    }

    /** The same, started by the script that users run. */
    public ServerPlan byRunScript() {
        return new ServerPlan(name, folder, Product.runScript(dataDirectory(), property(DEMO)), properties);
    }

    /** The same on another JVM than the quickly starting one with 1 GB. */
    public ServerPlan withJvmOptions(List<String> options) {
        return new ServerPlan(name, folder, Product.command(options), properties);
    }

    /**
     * The same with a clock that the test moves. The database, the token library and the scheduler go by their own.
     *
     * @param file what the clock was made of, see {@link MovedClock#of}
     */
    public ServerPlan withClock(Path file) {
        var moved = new ServerPlan(
                name, folder, Product.commandWithClock(QUICK_START, folder.resolve("clock-classes")), properties);
        return moved.with(MovedClockConfiguration.FILE, file);
    }

    /** The same as one more server of the installation that the first one began, on an outside database. */
    ServerPlan beside(ServerPlan first) {
        return with("rapport.database.url", first.property("rapport.database.url"))
                .with("rapport.database.user", first.property("rapport.database.user"))
                .with("rapport.database.password", first.property("rapport.database.password"))
                .with("rapport.base-url", "http://127.0.0.1:" + first.property("rapport.http.port"))
                .with("rapport.keys.master-key-file", first.dataDirectory().resolve("master.key"));
    }

    /** The value of a property that every plan has. */
    public String property(String property) {
        var value = properties.get(property);
        if (value == null) {
            throw new IllegalArgumentException("The plan of " + name + " has no " + property + ".");
        }
        return value;
    }

    /** Where it keeps its data. */
    public Path dataDirectory() {
        return Path.of(property(DATA));
    }

    List<String> commandLine() {
        var line = new ArrayList<>(command);
        boolean scripted = command.contains("--data");
        properties.forEach((property, value) -> {
            if (!scripted || !OPTIONS_OF_THE_SCRIPT.contains(property)) {
                line.add("--" + property + "=" + value);
            }
        });
        return line;
    }
}
