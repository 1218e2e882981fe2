package org.rapport.server.text;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Catches up in the background after the start, then moves the mark once a minute until the process stops; after the index
 * lost something it catches up again.
 */
final class TextIndexKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TextIndexKeeper.class);
    private static final Duration LAST_PAGE = Duration.ofSeconds(3);

    private final TextIndexCatchUp catchUp;
    private final LostIndexWork lost;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var daemon = new Thread(task, "free-text-index");
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile Instant from = Instant.MAX;
    private volatile boolean caughtUp;
    private volatile boolean running;

    TextIndexKeeper(TextIndexCatchUp catchUp, LostIndexWork lost, Clock clock) {
        this.catchUp = catchUp;
        this.lost = lost;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        from = clock.instant();
        var unused = thread.scheduleWithFixedDelay(this::keep, 2, 60, TimeUnit.SECONDS);
    }

    private void keep() {
        try {
            if (lost.take()) {
                from = clock.instant();
                caughtUp = false;
            }
            if (caughtUp) {
                catchUp.advance();
            } else {
                catchUp.run(from, () -> running);
                caughtUp = running;
            }
        } catch (RuntimeException e) {
            LOG.warn("The free-text index is not up to date yet and tries again in a minute", e);
        }
    }

    /** Lets the page in work end first: an interrupt would break its database connection. */
    @Override
    public void stop() {
        running = false;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_PAGE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The free-text index is left in the middle of a page; the next start goes on there");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before anything is written: from then on every write is indexed as it happens. */
    @Override
    public int getPhase() {
        return -1;
    }
}
