package org.rapport.server.text;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Catches up in the background after the start, then moves the mark once a minute until the process stops. */
final class TextIndexKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TextIndexKeeper.class);

    private final TextIndexCatchUp catchUp;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var daemon = new Thread(task, "free-text-index");
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile boolean caughtUp;
    private volatile boolean running;
    private @Nullable ScheduledFuture<?> work;

    TextIndexKeeper(TextIndexCatchUp catchUp, Clock clock) {
        this.catchUp = catchUp;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        Instant started = clock.instant();
        work = thread.scheduleWithFixedDelay(() -> keep(started), 2, 60, TimeUnit.SECONDS);
    }

    private void keep(Instant started) {
        try {
            if (caughtUp) {
                catchUp.advance();
            } else {
                catchUp.run(started);
                caughtUp = true;
            }
        } catch (RuntimeException e) {
            LOG.warn("The free-text index is not up to date yet and tries again in a minute", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        if (work != null) {
            work.cancel(true);
        }
        thread.shutdown();
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
