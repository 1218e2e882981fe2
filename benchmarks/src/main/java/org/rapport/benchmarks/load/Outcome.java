package org.rapport.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param latency of the requests that succeeded, in microseconds; under a paced load from the moment each was due
 * @param failures requests that were not answered with a success
 * @param elapsed from the first start to the last answer
 * @param cpu used by the server's processes meanwhile; zero when they are not known
 */
record Outcome(Histogram latency, long failures, Duration elapsed, Duration cpu) {

    /** Decimal digits that a recorded latency keeps. */
    static final int PRECISION = 3;

    static Outcome none() {
        return new Outcome(new Histogram(PRECISION), 0, Duration.ZERO, Duration.ZERO);
    }

    Outcome plus(Outcome other) {
        var both = latency.copy();
        both.add(other.latency);
        return new Outcome(both, failures + other.failures, elapsed.plus(other.elapsed), cpu.plus(other.cpu));
    }

    Outcome using(Duration measured) {
        return new Outcome(latency, failures, elapsed, measured);
    }

    /** Successful requests per second. */
    double rate() {
        return latency.getTotalCount() / Math.max(elapsed.toNanos() / 1e9, 1e-9);
    }

    double millisAt(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1000.0;
    }

    /** CPU milliseconds per successful request. */
    double cpuMillis() {
        return cpu.toNanos() / 1e6 / Math.max(latency.getTotalCount(), 1);
    }
}
