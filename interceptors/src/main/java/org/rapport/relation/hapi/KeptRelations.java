package org.rapport.relation.hapi;

import java.time.Clock;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.rapport.access.TreatingRelations;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.kept.ChangesUnknown;
import org.rapport.kept.KeptByEpoch;
import org.rapport.kept.WatchedChanges;
import org.rapport.relation.hapi.StoredRelations.Treated;

/**
 * Keeps treating relations until a resource changes that they come from, or the present leaves or enters a period: whom a
 * practitioner treats is asked by each request and changes seldom.
 *
 * <p>What a transaction sees may never be committed, so what is read in one serves itself alone.
 */
public final class KeptRelations implements TreatingRelations {

    /** What the relations come from. */
    public static final Set<String> SOURCES = Set.of("Patient", "CareTeam", "PractitionerRole", "Appointment");

    private final StoredRelations stored;
    private final WatchedChanges changes;
    private final BooleanSupplier inTransaction;
    private final Clock clock;
    private final KeptByEpoch<Treated> kept;

    /** Keeps what {@code stored} tells, outside of transactions, until {@code changes} tells of a change of a source. */
    public KeptRelations(
            StoredRelations stored,
            WatchedChanges changes,
            BooleanSupplier inTransaction,
            Clock clock,
            LongSupplier nanoTime) {
        this.stored = stored;
        this.changes = changes;
        this.inTransaction = inTransaction;
        this.clock = clock;
        this.kept = new KeptByEpoch<>(nanoTime);
    }

    /** As of at most a second ago, and by all that was changed through this instance. */
    @Override
    public Set<String> patientsOf(String practitioner) {
        return of(practitioner, changes::epoch);
    }

    @Override
    public TreatingRelations byNow() {
        return practitioner -> of(practitioner, changes::epochByNow);
    }

    private Set<String> of(String practitioner, LongSupplier now) {
        long epoch = epoch(now);
        return kept.find(practitioner, epoch)
                .filter(treated -> treated.isAsOf(clock.instant()))
                .orElseGet(() -> read(practitioner, epoch))
                .patients();
    }

    private Treated read(String practitioner, long epoch) {
        var treated = stored.treatedBy(practitioner);
        if (!inTransaction.getAsBoolean()) {
            kept.keep(practitioner, treated, epoch);
        }
        return treated;
    }

    private static long epoch(LongSupplier now) {
        try {
            return now.getAsLong();
        } catch (ChangesUnknown e) {
            throw new FailureException(Failure.UNAVAILABLE);
        }
    }
}
