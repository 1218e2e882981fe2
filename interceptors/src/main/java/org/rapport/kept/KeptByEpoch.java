package org.rapport.kept;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Values that are known for as long as nothing they depend on changes, and a minute at most: periods begin and end.
 *
 * <p>Each is kept with the epoch that was told before it was read, so that a change in between makes it worthless.
 */
public final class KeptByEpoch<T> {

    private static final long LONGEST = Duration.ofMinutes(1).toNanos();
    private static final int MOST = 10_000;

    private final Map<String, Kept<T>> kept = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /**
     * Nothing yet.
     *
     * @param nanoTime a clock that never goes back, in nanoseconds
     */
    public KeptByEpoch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Kept<T>(T value, long epoch, long since) {}

    /** The value, if it is as new as an epoch. */
    public Optional<T> find(String key, long epoch) {
        return Optional.ofNullable(kept.get(key))
                .filter(known -> known.epoch() >= epoch && nanoTime.getAsLong() - known.since() <= LONGEST)
                .map(Kept::value);
    }

    /** Keeps a value that was read in an epoch or later, if that is known, and nothing that may never be committed. */
    public void keep(String key, T value, long epoch) {
        if (epoch == Long.MAX_VALUE) {
            return;
        }
        if (kept.size() >= MOST) {
            kept.clear();
        }
        kept.merge(
                key,
                new Kept<>(value, epoch, nanoTime.getAsLong()),
                (known, read) -> known.epoch() > read.epoch() ? known : read);
    }
}
