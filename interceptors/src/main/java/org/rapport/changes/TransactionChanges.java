package org.rapport.changes;

import java.util.function.Consumer;
import org.rapport.work.WakeUp;

/** Gathers what the running transaction changes and logs it just before the commit, in one batch. */
public final class TransactionChanges {

    private final PerTransaction<Write> writes;

    /**
     * @param log takes the changes of a transaction
     * @param committed is told the type of each resource once its change is committed, before anybody gets an answer
     * @param wakeUp calls the consumers once they are committed
     */
    public TransactionChanges(ChangeLog log, Consumer<String> committed, WakeUp wakeUp) {
        this.writes = new PerTransaction<>(log::append, done -> {
            done.forEach(write -> {
                write.trail().settle(write.change().type(), write.change().id());
                committed.accept(write.change().type());
            });
            wakeUp.call(ChangeFeeds.TOPIC);
        });
    }

    /**
     * Adds a write to those of the running transaction.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public void add(Write write) {
        writes.add(write);
    }
}
