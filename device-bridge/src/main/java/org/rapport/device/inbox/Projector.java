package org.rapport.device.inbox;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rapport.mapping.Mapped;
import org.rapport.mapping.Refusal;
import org.rapport.outbox.RetryPlan;
import org.rapport.work.Causes;
import org.rapport.work.WakeUp;
import org.rapport.work.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes Observations of what waits in the inbox: each device's messages in their order, by one worker at a time.
 *
 * <p>A message that fails is tried again after a growing pause and keeps back its own device only; after the tenth attempt
 * it becomes a dead letter, so that what follows is not lost behind it.
 */
public final class Projector implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    private static final int DEVICES = 16;
    private static final int MESSAGES = 20;
    private static final int ATTEMPTS = 10;
    private static final int PARALLEL = 3;
    private static final RetryPlan PLAN =
            new RetryPlan(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1));

    private final DeviceInbox inbox;
    private final Projection projection;
    private final DeviceAnswers answers;
    private final TransactionOperations transaction;
    private final WakeUp wakeUp;
    private volatile String lastDevice = "";

    /**
     * @param inbox what waits
     * @param projection makes the Observation
     * @param answers tells devices what turned out to be no reading of theirs
     * @param transaction holds the Observation and the row of the inbox together
     * @param wakeUp calls another projector when more than one device waits
     */
    public Projector(
            DeviceInbox inbox,
            Projection projection,
            DeviceAnswers answers,
            TransactionOperations transaction,
            WakeUp wakeUp) {
        this.inbox = inbox;
        this.projection = projection;
        this.answers = answers;
        this.transaction = transaction;
        this.wakeUp = wakeUp;
    }

    @Override
    public String name() {
        return "device-projector";
    }

    @Override
    public String topic() {
        return DeviceInbox.TOPIC;
    }

    @Override
    public int parallel() {
        return PARALLEL;
    }

    @Override
    public Step step() {
        var after = lastDevice;
        var devices = inbox.devicesDue(after, DEVICES);
        lastDevice = devices.size() < DEVICES ? "" : devices.get(DEVICES - 1);
        if (devices.size() > 1) {
            wakeUp.ring(topic());
        }
        boolean progress = false;
        for (var device : devices) {
            progress |= work(device);
        }
        return progress || !after.isEmpty() ? Step.MORE : Step.IDLE;
    }

    /** Takes some messages of a device; no more, so that others get their turn. */
    private boolean work(String deviceId) {
        int done = 0;
        while (done < MESSAGES && next(deviceId)) {
            done++;
        }
        return done > 0;
    }

    private boolean next(String deviceId) {
        var claimed = new Claimed();
        try {
            transaction.executeWithoutResult(
                    status -> inbox.claimFirst(deviceId).ifPresent(claimed::project));
            claimed.refusal().ifPresent(answers::tell);
            return claimed.row != null;
        } catch (RuntimeException e) {
            if (claimed.row == null) {
                throw e;
            }
            failed(claimed.row, e);
            return false;
        }
    }

    private void failed(InboxRow row, RuntimeException failure) {
        LOG.warn("A reading could not be stored, attempt {} ({})", row.attempts() + 1, Causes.of(failure));
        var refused = new Mapped.Refused(
                Refusal.PROCESSING, "The reading could not be stored after " + ATTEMPTS + " attempts.");
        boolean last = row.attempts() + 1 >= ATTEMPTS;
        transaction.executeWithoutResult(status -> {
            if (last) {
                inbox.refused(row, refused);
            } else {
                inbox.failed(row, PLAN.pauseAfter(row.attempts() + 1), Causes.of(failure));
            }
        });
        if (last) {
            answers.tell(DeviceAnswer.refusal(row, refused));
        }
    }

    /** The message that a transaction has claimed, and what it found. */
    private final class Claimed {

        private @Nullable InboxRow row;
        private Projection.@Nullable Outcome outcome;

        void project(InboxRow claimed) {
            row = claimed;
            var found = projection.project(claimed);
            outcome = found;
            if (found instanceof Projection.Outcome.Stored stored) {
                inbox.stored(claimed, stored.observationId());
            } else if (found instanceof Projection.Outcome.Refused refused) {
                inbox.refused(claimed, refused.refused());
            } else {
                inbox.unmatched(claimed);
            }
        }

        Optional<DeviceAnswer> refusal() {
            return row != null && outcome instanceof Projection.Outcome.Refused refused
                    ? Optional.of(DeviceAnswer.refusal(row, refused.refused()))
                    : Optional.empty();
        }
    }
}
