package org.rapport.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts how often each of many callers comes. Each has a bucket that is full at first, loses a token with each request and
 * fills up within a minute. Of callers that have not been seen for the longest time nothing is known any more.
 */
public final class TokenBuckets {

    private static final Duration FILLING = Duration.ofMinutes(1);

    private final int size;
    private final Clock clock;
    private final Map<String, Bucket> buckets;

    /**
     * @param size how many tokens a bucket holds
     * @param callers how many callers are remembered
     * @param clock when a request comes; set back, it gives nobody more
     */
    public TokenBuckets(int size, int callers, Clock clock) {
        this.size = size;
        this.clock = clock;
        this.buckets = new Recent(callers);
    }

    /**
     * Takes a token out of the bucket of a caller.
     *
     * @return empty when there was one, else in how much time there will be one
     */
    public synchronized Optional<Duration> take(String caller) {
        var now = clock.instant();
        var bucket = buckets.getOrDefault(caller, new Bucket(size, now));
        double tokens = Math.min(size, bucket.tokens() + size * minutes(bucket.seen(), now));
        boolean given = tokens >= 1;
        buckets.put(caller, new Bucket(given ? tokens - 1 : tokens, now));
        return given
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) Math.ceil((1 - tokens) / size * FILLING.toNanos())));
    }

    private static double minutes(Instant from, Instant until) {
        var passed = Duration.between(from, until);
        if (passed.isNegative()) {
            return 0;
        }
        return passed.compareTo(FILLING) >= 0 ? 1 : (double) passed.toNanos() / FILLING.toNanos();
    }

    private record Bucket(double tokens, Instant seen) {}

    /** Forgets whoever was not seen for the longest time. */
    private static final class Recent extends LinkedHashMap<String, Bucket> {

        private static final long serialVersionUID = 1L;
        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > most;
        }
    }
}
