package org.rapport.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Counts how often each of many callers comes. Each has a bucket that is full at first, loses a token with each request and
 * fills up within a minute. Of more callers than it may remember, those who come seldom are forgotten and so have a full one.
 */
public final class TokenBuckets {

    private static final Duration FILLING = Duration.ofMinutes(1);

    private final int size;
    private final Clock clock;
    private final Cache<String, Bucket> buckets;

    /**
     * @param size how many tokens a bucket holds
     * @param callers how many callers are remembered
     * @param clock when a request comes; set back, it gives nobody more
     */
    public TokenBuckets(int size, int callers, Clock clock) {
        this.size = size;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(callers)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes a token out of the bucket of a caller.
     *
     * @return empty when there was one, else in how much time there will be one
     */
    public Optional<Duration> take(String caller) {
        var now = clock.instant();
        return buckets.get(caller, key -> new Bucket(size, now)).take(now);
    }

    /** How many callers are remembered. */
    long remembered() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    /** The tokens of one caller, as they were at a moment. */
    private static final class Bucket {

        private final int size;
        private double tokens;
        private Instant seen;

        Bucket(int size, Instant now) {
            this.size = size;
            this.tokens = size;
            this.seen = now;
        }

        synchronized Optional<Duration> take(Instant now) {
            tokens = Math.min(size, tokens + size * minutes(seen, now));
            seen = now;
            if (tokens < 1) {
                return Optional.of(Duration.ofNanos((long) Math.ceil((1 - tokens) / size * FILLING.toNanos())));
            }
            tokens--;
            return Optional.empty();
        }

        private static double minutes(Instant from, Instant until) {
            var passed = Duration.between(from, until);
            if (passed.isNegative()) {
                return 0;
            }
            return passed.compareTo(FILLING) >= 0 ? 1 : (double) passed.toNanos() / FILLING.toNanos();
        }
    }
}
