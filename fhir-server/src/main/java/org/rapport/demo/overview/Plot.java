package org.rapport.demo.overview;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A line through numbers, in a box of 600 by 120.
 *
 * @param numbers oldest first
 */
record Plot(List<BigDecimal> numbers) {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 120;
    private static final int MARGIN = 10;

    Plot {
        numbers = List.copyOf(numbers);
    }

    /** The corners of the line as SVG wants them; empty for fewer than two numbers. */
    public String points() {
        if (numbers.size() < 2) {
            return "";
        }
        double low = numbers.stream().mapToDouble(BigDecimal::doubleValue).min().orElseThrow();
        double high =
                numbers.stream().mapToDouble(BigDecimal::doubleValue).max().orElseThrow();
        double span = Math.max(1, high - low);
        return IntStream.range(0, numbers.size())
                .mapToObj(place -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        MARGIN + (WIDTH - 2.0 * MARGIN) * place / (numbers.size() - 1),
                        HEIGHT
                                - MARGIN
                                - (HEIGHT - 2.0 * MARGIN) * (numbers.get(place).doubleValue() - low) / span))
                .collect(Collectors.joining(" "));
    }

    /** What the line shows, in words. */
    public String words() {
        return numbers.isEmpty()
                ? "No readings yet"
                : numbers.size() + " readings, from " + numbers.get(0).toPlainString() + " to "
                        + numbers.get(numbers.size() - 1).toPlainString();
    }
}
