package org.rapport.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints the outcome of one side or two as Markdown. */
final class Report {

    private static final String HEADER = """
            | side | requests | failures | per second | p50 ms | p99 ms | CPU ms each |
            |---|--:|--:|--:|--:|--:|--:|
            """;

    private Report() {}

    /** A line for each side; with two, also how the second compares with the first in the median round. */
    static String of(List<Side> sides) {
        var lines = sides.stream().map(Report::line).collect(Collectors.joining("", HEADER, ""));
        return sides.size() < 2
                ? lines
                : lines + ratios(sides.get(0).rounds(), sides.get(1).rounds());
    }

    private static String line(Side side) {
        var total = side.total();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f | %.1f | %s |%n",
                side.name(),
                total.latency().getTotalCount(),
                total.failures(),
                total.rate(),
                total.millisAt(50),
                total.millisAt(99),
                total.cpu().isZero() ? "unknown" : String.format(Locale.ROOT, "%.2f", total.cpuMillis()));
    }

    static String ratios(List<Outcome> a, List<Outcome> b) {
        return String.format(
                Locale.ROOT,
                "%nB divided by A, median of %d rounds: rate %.2f, p50 %.2f, p99 %.2f, CPU %.2f%n",
                Math.min(a.size(), b.size()),
                ratio(a, b, Outcome::rate),
                ratio(a, b, outcome -> outcome.millisAt(50)),
                ratio(a, b, outcome -> outcome.millisAt(99)),
                ratio(a, b, Outcome::cpuMillis));
    }

    private static double ratio(List<Outcome> a, List<Outcome> b, ToDoubleFunction<Outcome> figure) {
        var ratios = IntStream.range(0, Math.min(a.size(), b.size()))
                .mapToDouble(i -> figure.applyAsDouble(b.get(i)) / figure.applyAsDouble(a.get(i)))
                .sorted()
                .toArray();
        return ratios.length == 0 ? Double.NaN : (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2;
    }
}
