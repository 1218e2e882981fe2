package org.rapport.delivery;

import java.time.Clock;
import org.rapport.work.Work;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Turns subscriptions off when their time is over.
 *
 * @param registry holds the subscriptions
 * @param transaction runs each turn
 * @param clock tells the time
 */
public record SubscriptionEnd(Registry registry, TransactionOperations transaction, Clock clock) implements Work {

    @Override
    public String name() {
        return "subscription-end";
    }

    @Override
    public String topic() {
        return name();
    }

    @Override
    public Step step() {
        boolean found = Boolean.TRUE.equals(transaction.execute(status -> {
            var ended = registry.registrations().ended(clock.instant());
            ended.ifPresent(registry::end);
            return ended.isPresent();
        }));
        return found ? Step.MORE : Step.IDLE;
    }
}
