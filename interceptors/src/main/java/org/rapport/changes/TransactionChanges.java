package org.rapport.changes;

import java.util.ArrayList;
import java.util.List;
import org.rapport.work.WakeUp;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Gathers what the running transaction changes and logs it just before the commit, in one batch. */
public final class TransactionChanges {

    private final ChangeLog log;
    private final WakeUp wakeUp;

    /**
     * @param log takes the changes of a transaction
     * @param wakeUp calls the consumers once they are committed
     */
    public TransactionChanges(ChangeLog log, WakeUp wakeUp) {
        this.log = log;
        this.wakeUp = wakeUp;
    }

    /**
     * Adds a write to those of the running transaction.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public void add(Write write) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("A change is logged in the transaction that makes it; none is running.");
        }
        gathered().writes.add(write);
    }

    private Gathered gathered() {
        if (TransactionSynchronizationManager.getResource(this) instanceof Gathered known) {
            return known;
        }
        var gathered = new Gathered();
        TransactionSynchronizationManager.bindResource(this, gathered);
        TransactionSynchronizationManager.registerSynchronization(gathered);
        return gathered;
    }

    private final class Gathered implements TransactionSynchronization {

        private final List<Write> writes = new ArrayList<>();

        private boolean suspended;

        /** Comes after the commit too, when something else reacts to it in a transaction of its own. */
        @Override
        public void suspend() {
            suspended = TransactionSynchronizationManager.unbindResourceIfPossible(TransactionChanges.this) != null;
        }

        @Override
        public void resume() {
            if (suspended) {
                TransactionSynchronizationManager.bindResource(TransactionChanges.this, this);
            }
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            log.append(writes);
        }

        @Override
        public void afterCommit() {
            writes.forEach(write -> write.trail().settle());
            wakeUp.call(ChangeFeeds.TOPIC);
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResourceIfPossible(TransactionChanges.this);
        }
    }
}
