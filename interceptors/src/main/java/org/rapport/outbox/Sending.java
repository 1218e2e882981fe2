package org.rapport.outbox;

import java.time.Duration;
import java.util.List;
import org.rapport.work.Causes;
import org.rapport.work.Work;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what is due in an outbox, one item after the other.
 *
 * @param outbox what is sent
 * @param sender sends it
 * @param transaction runs the recording of an outcome
 * @param parallel how many are sent at the same time by one instance
 */
public record Sending(Outbox outbox, Sender sender, TransactionOperations transaction, int parallel) implements Work {

    /** How long one item may take; a sender gives up well before. */
    public static final Duration LEASE = Duration.ofSeconds(60);

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
        List<OutboxItem> leased = outbox.lease(1, LEASE);
        leased.forEach(item -> record(item, attempt(item)));
        return leased.isEmpty() ? Step.IDLE : Step.MORE;
    }

    private Sender.Outcome attempt(OutboxItem item) {
        try {
            return sender.send(item);
        } catch (RuntimeException e) {
            return new Sender.Outcome.Failed(Causes.of(e));
        }
    }

    private void record(OutboxItem item, Sender.Outcome outcome) {
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
