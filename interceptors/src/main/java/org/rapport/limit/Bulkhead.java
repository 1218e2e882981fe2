package org.rapport.limit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many do something at once and so many wait for their turn; whoever comes on top of these is turned away, and so
 * is who has waited for too long. They go in the order in which they came.
 */
public final class Bulkhead {

    private final Semaphore places;
    private final Semaphore seats;
    private final Duration patience;

    /**
     * @param atOnce how many work at the same time
     * @param waiting how many wait, besides
     * @param patience how long one waits at most
     */
    public Bulkhead(int atOnce, int waiting, Duration patience) {
        this.places = new Semaphore(atOnce, true);
        this.seats = new Semaphore(atOnce + waiting);
        this.patience = patience;
    }

    /** Whether one more may begin, which then has to {@link #leave}. */
    public boolean enter() {
        if (!seats.tryAcquire()) {
            return false;
        }
        boolean entered = false;
        try {
            entered = places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!entered) {
                seats.release();
            }
        }
        return entered;
    }

    /** Makes room for the next. */
    public void leave() {
        places.release();
        seats.release();
    }
}
