package org.rapport.changes;

import org.rapport.work.WakeUp;

/** Gathers what the running transaction changes and logs it just before the commit, in one batch. */
public final class TransactionChanges {

    private final PerTransaction<Write> writes;

    /**
     * @param log takes the changes of a transaction
     * @param wakeUp calls the consumers once they are committed
     */
    public TransactionChanges(ChangeLog log, WakeUp wakeUp) {
        this.writes = new PerTransaction<>(log::append, committed -> {
            committed.forEach(write -> write.trail().settle());
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
