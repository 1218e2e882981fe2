package org.rapport.relation.hapi;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.rapport.access.TreatingRelations;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.kept.ChangesUnknown;
import org.rapport.kept.Epochs;
import org.rapport.kept.KeptByEpoch;
import org.rapport.kept.Sources;
import org.rapport.kept.WatchedChanges;
import org.rapport.relation.hapi.StoredRelations.Standing;
import org.rapport.relation.hapi.StoredRelations.Treated;

/**
 * Keeps treating relations until a resource changes that they come from, or the present leaves or enters a period: whom a
 * practitioner treats is asked by each request and changes seldom.
 *
 * <p>What a transaction sees may never be committed, so what is read in one serves itself alone.
 */
public final class KeptRelations implements TreatingRelations {

    private final StoredRelations stored;
    private final WatchedChanges changes;
    private final Sources standing;
    private final Sources visits;
    private final BooleanSupplier inTransaction;
    private final Clock clock;
    private final KeptByEpoch<Standing> keptStanding;
    private final KeptByEpoch<Treated> keptTreated;

    /** Keeps what {@code stored} tells, outside of transactions, until {@code changes} tells of a change of a source. */
    public KeptRelations(
            StoredRelations stored,
            WatchedChanges changes,
            BooleanSupplier inTransaction,
            Clock clock,
            LongSupplier nanoTime) {
        this.stored = stored;
        this.changes = changes;
        this.standing = new Sources(changes, Set.of("Patient", "CareTeam", "PractitionerRole"));
        this.visits = new Sources(changes, Set.of("Appointment"));
        this.inTransaction = inTransaction;
        this.clock = clock;
        this.keptStanding = new KeptByEpoch<>(nanoTime);
        this.keptTreated = new KeptByEpoch<>(nanoTime);
    }

    /** As of at most a second ago, and by all that was changed through this instance. */
    @Override
    public Set<String> patientsOf(String practitioner) {
        return treatedBy(practitioner, changes::epochs).patients();
    }

    @Override
    public TreatingRelations byNow() {
        return practitioner -> treatedBy(practitioner, changes::epochsByNow).patients();
    }

    /** Where an Appointment alone has changed, its visits alone are read again. */
    private Treated treatedBy(String practitioner, Supplier<Epochs> now) {
        var epochs = known(now);
        long standingEpoch = standing.epoch(epochs);
        var stands = keptStanding
                .find(practitioner, standingEpoch)
                .filter(known -> isAhead(known.until()))
                .orElseGet(() -> keep(keptStanding, practitioner, standingEpoch, () -> stored.standing(practitioner)));
        long visitsEpoch = visits.epoch(epochs);
        return keptTreated
                .find(practitioner, visitsEpoch)
                .filter(known -> known.standing().equals(stands) && isAhead(known.until()))
                .orElseGet(() -> keep(keptTreated, practitioner, visitsEpoch, () -> stored.withVisits(stands)));
    }

    /** Whether no period has begun or ended since. */
    private boolean isAhead(Optional<Instant> until) {
        return until.isEmpty() || clock.instant().isBefore(until.get());
    }

    private <T> T keep(KeptByEpoch<T> kept, String practitioner, long epoch, Supplier<T> reading) {
        var read = reading.get();
        if (!inTransaction.getAsBoolean()) {
            kept.keep(practitioner, read, epoch);
        }
        return read;
    }

    private static Epochs known(Supplier<Epochs> now) {
        try {
            return now.get();
        } catch (ChangesUnknown e) {
            throw new FailureException(Failure.UNAVAILABLE);
        }
    }
}
