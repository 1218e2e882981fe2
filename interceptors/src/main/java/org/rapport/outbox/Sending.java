package org.rapport.outbox;

import java.time.Duration;
import java.util.List;
import org.rapport.work.Causes;
import org.rapport.work.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what is due in an outbox, one item after the other.
 *
 * @param outbox what is sent
 * @param sender sends it
 * @param transaction runs the recording of an outcome
 * @param plan how much at once
 */
public record Sending(Outbox outbox, Sender sender, TransactionOperations transaction, Plan plan) implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

    /**
     * How much is sent at once.
     *
     * @param parallel how many items at the same time by one instance
     * @param lease after which another takes up what a killed sender had; renewed while something is being sent
     */
    public record Plan(int parallel, Duration lease) {}

    @Override
    public int parallel() {
        return plan.parallel();
    }

    @Override
    public String name() {
        return "send-" + outbox.kind();
    }

    @Override
    public String topic() {
        return outbox.topic();
    }

    @Override
    public Step step() {
        List<OutboxItem> leased = outbox.lease(1, plan.lease());
        if (!leased.isEmpty()) {
            outbox.callAnother();
        }
        leased.forEach(item -> record(item, item.left() ? new Sender.Outcome.Sent() : attempt(item)));
        return leased.isEmpty() ? Step.IDLE : Step.MORE;
    }

    @SuppressWarnings("try") // holding it is all that it is for
    private Sender.Outcome attempt(OutboxItem item) {
        try (var kept = new LeaseKeeper(outbox, item, plan.lease())) {
            return sender.send(item);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return new Sender.Outcome.Failed(Causes.of(e));
        }
    }

    /** What has left must not leave again because what follows from it cannot be written: that is tried again alone. */
    private void record(OutboxItem item, Sender.Outcome outcome) {
        try {
            recordWhole(item, outcome);
        } catch (RuntimeException e) {
            if (!(outcome instanceof Sender.Outcome.Sent)) {
                throw e;
            }
            LOG.warn("An item was sent by {}, and what follows could not be written ({})", name(), Causes.of(e));
            transaction.executeWithoutResult(status -> outbox.left(item, Causes.of(e)));
        }
    }

    private void recordWhole(OutboxItem item, Sender.Outcome outcome) {
        transaction.executeWithoutResult(status -> {
            boolean held;
            if (outcome instanceof Sender.Outcome.Failed failed) {
                held = outbox.failed(item, failed.why());
            } else if (outcome instanceof Sender.Outcome.Refused refused) {
                held = outbox.refused(item, refused.why());
            } else {
                held = outbox.sent(item);
            }
            if (held) {
                sender.recorded(item, outcome);
            }
        });
    }
}
