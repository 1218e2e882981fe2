package org.rapport.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Gathers things in the running transaction, apart for each transaction, and hands them over as it ends.
 *
 * @param <T> what is gathered
 */
public final class PerTransaction<T> {

    private final Consumer<List<T>> beforeCommit;
    private final Consumer<List<T>> afterCommit;

    /**
     * @param beforeCommit takes all that was gathered, in its order, still within the transaction
     * @param afterCommit takes the same when it has committed
     */
    public PerTransaction(Consumer<List<T>> beforeCommit, Consumer<List<T>> afterCommit) {
        this.beforeCommit = beforeCommit;
        this.afterCommit = afterCommit;
    }

    /**
     * Adds to what the running transaction has gathered.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public void add(T thing) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("This belongs into the transaction that makes it; none is running.");
        }
        gathered().things.add(thing);
    }

    @SuppressWarnings("unchecked")
    private Gathered gathered() {
        var known = TransactionSynchronizationManager.getResource(this);
        if (known != null) {
            return (Gathered) known;
        }
        var gathered = new Gathered();
        TransactionSynchronizationManager.bindResource(this, gathered);
        TransactionSynchronizationManager.registerSynchronization(gathered);
        return gathered;
    }

    private final class Gathered implements TransactionSynchronization {

        private final List<T> things = new ArrayList<>();

        private boolean suspended;

        /** Comes after the commit too, when something else reacts to it in a transaction of its own. */
        @Override
        public void suspend() {
            suspended = TransactionSynchronizationManager.unbindResourceIfPossible(PerTransaction.this) != null;
        }

        @Override
        public void resume() {
            if (suspended) {
                TransactionSynchronizationManager.bindResource(PerTransaction.this, this);
            }
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            beforeCommit.accept(things);
        }

        @Override
        public void afterCommit() {
            afterCommit.accept(things);
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResourceIfPossible(PerTransaction.this);
        }
    }
}
