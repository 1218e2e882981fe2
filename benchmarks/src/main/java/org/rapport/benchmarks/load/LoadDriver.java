package org.rapport.benchmarks.load;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rapport.benchmarks.workload.Samples;
import org.rapport.benchmarks.workload.World;

/** Drives one server, or two in turns so that whatever else the machine does hits both, and prints what came of it. */
public final class LoadDriver {

    private LoadDriver() {}

    /**
     * Runs the load; {@code --help} lists the options.
     *
     * @throws InterruptedException when it is stopped from outside
     */
    public static void main(String[] arguments) throws InterruptedException {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        try {
            run(
                    new Options(arguments, Clock.systemUTC()),
                    Long.toString(Clock.systemUTC().millis(), 36));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Options options, String runName) throws InterruptedException {
        if (options.hooks()) {
            measureHooks(options);
            return;
        }
        var load = options.load();
        var sides = Stream.of("a", "b")
                .filter(side -> side.equals("a") || options.has(side))
                .map(side -> side(side, options, runName))
                .toList();
        for (var side : sides) {
            side.warmUp(load.lasting(options.warmUp()));
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (var side : inTurn(sides, round)) {
                side.round(load);
            }
        }
        System.out.print(Report.of(sides));
    }

    private static void measureHooks(Options options) {
        var sides = Stream.of("a", "b")
                .filter(options::has)
                .map(side -> HookLatency.at(options.server(side), side.toUpperCase(Locale.ROOT)))
                .toList();
        System.out.printf(
                "| side | told | answered, p50, ms | told, p50, ms | told, p99, ms |%n|---|--:|--:|--:|--:|%n");
        for (int round = 0; round < options.rounds(); round++) {
            inTurn(sides, round).forEach(side -> System.out.print(side.round()));
        }
        sides.forEach(HookLatency::close);
    }

    private static Side side(String side, Options options, String runName) {
        var server = options.server(side);
        var world = World.create(server, new Samples(runName), options.patients());
        return new Side(side.toUpperCase(Locale.ROOT), server, world, options.processes(side));
    }

    /** A and B, then B and A: neither always goes first. */
    private static <T> List<T> inTurn(List<T> sides, int round) {
        return round % 2 == 0 || sides.size() < 2 ? sides : List.of(sides.get(1), sides.get(0));
    }
}
