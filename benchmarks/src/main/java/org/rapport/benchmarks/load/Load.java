package org.rapport.benchmarks.load;

import java.time.Duration;

/**
 * How a server is driven for a while.
 *
 * @param mix the operations
 * @param workers how many requests may be under way at once
 * @param rate requests started per second, whether or not earlier ones have been answered; 0 means that each worker
 *     starts one as soon as its last was answered
 * @param duration after which nothing is started any more
 * @param limit of requests
 */
record Load(Mix mix, int workers, double rate, Duration duration, long limit) {

    Load {
        if (workers < 1 || workers > 256) {
            throw new IllegalArgumentException("Expected 1 to 256 workers, not " + workers);
        }
        if (rate < 0 || rate > 100_000) {
            throw new IllegalArgumentException("Expected a rate up to 100000 requests per second, not " + rate);
        }
        if (duration.isNegative() || duration.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("Expected a duration up to an hour, not " + duration);
        }
    }

    boolean paced() {
        return rate > 0;
    }

    /** When the n-th request is to start, in nanoseconds after the first. */
    long due(long n) {
        return (long) (n * 1e9 / rate);
    }

    Load lasting(Duration other) {
        return new Load(mix, workers, rate, other, limit);
    }
}
