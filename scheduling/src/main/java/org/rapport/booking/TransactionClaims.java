package org.rapport.booking;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.rapport.changes.PerTransaction;

/**
 * Gathers what the running transaction claims and takes it just before the commit, all at once: a transaction may swap two
 * Appointments, and its locks on actors are the last it takes.
 */
public final class TransactionClaims {

    private final PerTransaction<Claims> gathered;

    /**
     * @param bookings takes the claims; it is called once for a transaction, before the commit
     */
    public TransactionClaims(Consumer<Collection<Claims>> bookings) {
        this.gathered = new PerTransaction<>(
                claims -> {
                    var last = new LinkedHashMap<String, Claims>();
                    claims.forEach(claim -> last.put(claim.appointment(), claim));
                    bookings.accept(last.values());
                },
                committed -> {});
    }

    /**
     * Notes what an Appointment now claims; of the same Appointment the last word counts.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public void add(Claims claims) {
        gathered.add(claims);
    }
}
