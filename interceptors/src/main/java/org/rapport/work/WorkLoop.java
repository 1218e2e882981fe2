package org.rapport.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of one work on a thread of its own. At its end it calls the next that shares its bell.
 *
 * <p>It is never interrupted: an interrupt would close files that the free-text index has open. A stop waits for the
 * step under way.
 */
final class WorkLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(3);
    private static final Duration LONGEST_SOON = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Work work;
    private final Bell bell;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);

    WorkLoop(Work work, Bell bell, int number) {
        this.work = work;
        this.bell = bell;
        this.thread = new Thread(this, "work-" + work.name() + "-" + number);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Asks it to end after the step under way. */
    void stop() {
        stopping.countDown();
        bell.ring();
    }

    /** Waits for its end, no longer than that. */
    boolean ended(Duration longest) {
        try {
            thread.join(longest.toMillis());
            return !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void run() {
        var soon = SOON;
        var pause = FIRST_PAUSE;
        while (stopping.getCount() > 0) {
            try {
                switch (work.step()) {
                    case MORE -> soon = SOON;
                    case SOON -> {
                        bell.await(soon);
                        soon = doubled(soon, LONGEST_SOON);
                    }
                    case IDLE -> {
                        soon = SOON;
                        bell.await(SWEEP);
                    }
                }
                pause = FIRST_PAUSE;
            } catch (RuntimeException | Error e) {
                LOG.warn("The work {} failed ({}) and goes on in {} ms", work.name(), Causes.of(e), pause.toMillis());
                rest(pause);
                pause = doubled(pause, LONGEST_PAUSE);
            }
        }
        bell.ring();
    }

    /** Waits whether called or not, so that calls do not turn a failure into a storm of them, and are left to others. */
    private void rest(Duration pause) {
        try {
            stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration doubled(Duration pause, Duration longest) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(longest) > 0 ? longest : twice;
    }
}
