package org.rapport.booking;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Gathers what the running transaction claims and takes it just before the commit, all at once: a transaction may swap two
 * Appointments, and its locks on actors are the last it takes.
 */
public final class TransactionClaims {

    private final Consumer<Collection<Claims>> bookings;

    /**
     * @param bookings takes the claims; it is called once for a transaction, before the commit
     */
    public TransactionClaims(Consumer<Collection<Claims>> bookings) {
        this.bookings = bookings;
    }

    /**
     * Notes what an Appointment now claims; of the same Appointment the last word counts.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public void add(Claims claims) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("Time is claimed in the transaction that books it; none is running.");
        }
        gathered().claims.put(claims.appointment(), claims);
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

        private final Map<String, Claims> claims = new LinkedHashMap<>();

        private boolean suspended;

        @Override
        public void suspend() {
            suspended = TransactionSynchronizationManager.unbindResourceIfPossible(TransactionClaims.this) != null;
        }

        @Override
        public void resume() {
            if (suspended) {
                TransactionSynchronizationManager.bindResource(TransactionClaims.this, this);
            }
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            bookings.accept(claims.values());
        }

        @Override
        public void beforeCompletion() {
            TransactionSynchronizationManager.unbindResourceIfPossible(TransactionClaims.this);
        }
    }
}
