package org.rapport.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void comparesTheSecondSideWithTheFirst() {
        var a = List.of(outcome(10, 4), outcome(10, 4), outcome(10, 4));
        var b = List.of(outcome(5, 2), outcome(5, 2), outcome(100, 40));

        assertThat(Report.ratios(a, b)).contains("median of 3 rounds", "p50 0.50", "CPU 0.50");
    }

    /** Ten requests of a latency and a CPU time in milliseconds each. */
    private static Outcome outcome(int latency, int cpu) {
        var histogram = new Histogram(Outcome.PRECISION);
        histogram.recordValueWithCount(latency * 1000L, 10);
        return new Outcome(histogram, 0, Duration.ofMillis(10L * latency), Duration.ofMillis(10L * cpu));
    }
}
