package org.rapport.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed attempts by source and holds a source up after too many of them.
 *
 * <p>A source is held up for as long as the window, counted from its last failure; it knows at most as many sources as
 * it is told to and forgets the one seen longest ago first. Each instance counts for itself.
 */
public final class AttemptThrottle {

    private final int limit;
    private final Duration window;
    private final Clock clock;
    private final Map<String, Failures> sources;

    /**
     * @param limit failures after which a source is held up
     * @param capacity how many sources are remembered
     */
    public AttemptThrottle(int limit, Duration window, int capacity, Clock clock) {
        this.limit = limit;
        this.window = window;
        this.clock = clock;
        this.sources = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Whether this source must wait. */
    public synchronized boolean holds(String source) {
        var failures = sources.get(source);
        return failures != null
                && failures.count() >= limit
                && failures.last().plus(window).isAfter(clock.instant());
    }

    /** Remembers one more failure; those before a quiet window no longer count. */
    public synchronized void failed(String source) {
        var now = clock.instant();
        var before = sources.get(source);
        int count = before == null || before.last().plus(window).isBefore(now) ? 0 : before.count();
        sources.put(source, new Failures(count + 1, now));
    }

    /** Forgets what this source did wrong. */
    public synchronized void succeeded(String source) {
        sources.remove(source);
    }

    private record Failures(int count, Instant last) {}
}
