package org.rapport.outbox;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a lease while its item is being sent, so that a slow receiver does not get it twice and a killed sender's is taken
 * up soon.
 */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int MOST_RENEWALS = 90;
    private static final int RENEWALS_IN_A_LEASE = 3;

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "work-leases");
        thread.setDaemon(true);
        return thread;
    });

    private final Outbox outbox;
    private final OutboxItem item;
    private final Duration lease;
    private final AtomicInteger renewals = new AtomicInteger();
    private final ScheduledFuture<?> task;

    LeaseKeeper(Outbox outbox, OutboxItem item, Duration lease) {
        this.outbox = outbox;
        this.item = item;
        this.lease = lease;
        long pause = Math.max(1, lease.toMillis() / RENEWALS_IN_A_LEASE);
        this.task = TIMER.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** At most for thirty leases: who takes longer may lose it. */
    private void renew() {
        try {
            if (renewals.incrementAndGet() <= MOST_RENEWALS) {
                outbox.keep(item, lease);
            }
        } catch (RuntimeException e) {
            LOG.warn("A lease of the outbox {} could not be renewed ({})", outbox.kind(), Causes.of(e));
        }
    }

    @Override
    public void close() {
        task.cancel(false);
    }
}
