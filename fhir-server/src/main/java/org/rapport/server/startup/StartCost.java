package org.rapport.server.startup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What this process has used up to now; PostgreSQL's own share is not in it.
 *
 * @param elapsed since the JVM began
 * @param processor time on all cores together
 * @param memory resident set in MB; empty where there is no {@code /proc}
 */
record StartCost(Duration elapsed, Duration processor, OptionalLong memory) {

    static StartCost now() {
        return new StartCost(
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()),
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                residentMegabytes());
    }

    private static OptionalLong residentMegabytes() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException noProc) {
            return OptionalLong.empty();
        }
    }

    @Override
    public String toString() {
        String taken = String.format(
                Locale.ROOT,
                "The start took %.1f s and %.1f s of processor time",
                elapsed.toMillis() / 1000.0,
                processor.toMillis() / 1000.0);
        return memory.isPresent() ? taken + "; resident memory is " + memory.getAsLong() + " MB" : taken;
    }
}
