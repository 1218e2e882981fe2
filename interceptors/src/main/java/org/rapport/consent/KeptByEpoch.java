package org.rapport.consent;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Values that are read once for as long as nothing they depend on changes, and a minute at most: periods begin and end.
 *
 * <p>Within a transaction nothing is kept: what it sees may never be committed.
 */
public final class KeptByEpoch<T> {

    private static final long LONGEST = Duration.ofMinutes(1).toNanos();
    private static final int MOST = 10_000;

    private final Map<String, Kept<T>> kept = new ConcurrentHashMap<>();
    private final WatchedChanges changes;
    private final LongSupplier nanoTime;
    private final BooleanSupplier inTransaction;

    /**
     * @param changes tells when values are to be read again
     * @param nanoTime a clock that never goes back, in nanoseconds
     * @param inTransaction whether a transaction runs that may see what is not committed
     */
    public KeptByEpoch(WatchedChanges changes, LongSupplier nanoTime, BooleanSupplier inTransaction) {
        this.changes = changes;
        this.nanoTime = nanoTime;
        this.inTransaction = inTransaction;
    }

    private record Kept<T>(T value, long epoch, long since) {}

    /**
     * The value, as of at most a second ago.
     *
     * @throws ConsentsUnknown when it cannot be told whether it has changed
     */
    public T get(String key, Function<String, T> reading) {
        long epoch = changes.epoch();
        long now = nanoTime.getAsLong();
        if (inTransaction.getAsBoolean()) {
            return reading.apply(key);
        }
        var known = kept.get(key);
        if (known != null && known.epoch() == epoch && now - known.since() <= LONGEST) {
            return known.value();
        }
        var value = reading.apply(key);
        if (kept.size() >= MOST) {
            kept.clear();
        }
        kept.put(key, new Kept<>(value, epoch, now));
        return value;
    }
}
