package org.rapport.kept;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is read again when somebody wants it and it has become old; one reads for all who wait.
 *
 * <p>The age counts from before the reading began, so that what was true then is in the value.
 */
public final class SharedSnapshot<T> {

    /** An older value is read again. */
    private static final long FRESH = Duration.ofMillis(500).toNanos();

    /** A value that took so long to read that it is older than this is no answer. */
    private static final long USABLE = Duration.ofSeconds(1).toNanos();

    private final Supplier<T> reading;
    private final LongSupplier nanoTime;
    private final Function<Optional<Throwable>, ? extends RuntimeException> failure;
    private final AtomicReference<@Nullable Taken<T>> latest = new AtomicReference<>();
    private final AtomicLong expiries = new AtomicLong();
    private final AtomicReference<@Nullable CompletableFuture<Taken<T>>> running = new AtomicReference<>();

    /**
     * A value that nobody has read yet.
     *
     * @param reading how it is read, by one at a time
     * @param nanoTime a clock that never goes back, in nanoseconds, such as {@link System#nanoTime}
     * @param failure what to throw when it cannot be read in time, with the cause if there is one
     */
    public SharedSnapshot(
            Supplier<T> reading,
            LongSupplier nanoTime,
            Function<Optional<Throwable>, ? extends RuntimeException> failure) {
        this.reading = reading;
        this.nanoTime = nanoTime;
        this.failure = failure;
    }

    /**
     * The value, at most a second old, and no older than the last time it was told to be.
     *
     * @throws RuntimeException the failure, when it cannot be read in time
     */
    public T get() {
        long wanted = expiries.get();
        var known = latest.get();
        if (known != null && isFresh(known)) {
            return known.value();
        }
        var next = next();
        while (next.expiries() < wanted) {
            next = next();
        }
        if (age(next) > USABLE) {
            throw failure.apply(Optional.empty());
        }
        return next.value();
    }

    /** Tells that the value is old from now on: who asks after this gets one that was read after this. */
    public void expire() {
        expiries.incrementAndGet();
    }

    private boolean isFresh(Taken<T> taken) {
        return taken.expiries() == expiries.get() && age(taken) <= FRESH;
    }

    private Taken<T> next() {
        var mine = new CompletableFuture<Taken<T>>();
        var others = running.compareAndExchange(null, mine);
        return others == null ? read(mine) : await(others);
    }

    private Taken<T> read(CompletableFuture<Taken<T>> waiting) {
        try {
            var taken = latest.get();
            if (taken == null || !isFresh(taken)) {
                long began = nanoTime.getAsLong();
                long expired = expiries.get();
                taken = new Taken<>(reading.get(), began, expired);
                latest.set(taken);
            }
            waiting.complete(taken);
            return taken;
        } catch (RuntimeException e) {
            waiting.completeExceptionally(e);
            throw failure.apply(Optional.of(e));
        } finally {
            running.set(null);
        }
    }

    private Taken<T> await(CompletableFuture<Taken<T>> reading) {
        try {
            return reading.get(USABLE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure.apply(Optional.of(e));
        } catch (ExecutionException | TimeoutException e) {
            throw failure.apply(Optional.of(e));
        }
    }

    private long age(Taken<T> taken) {
        return nanoTime.getAsLong() - taken.began();
    }

    private record Taken<T>(T value, long began, long expiries) {}
}
