package org.rapport.consent.hapi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Consent;
import org.rapport.access.Consents.Stage;
import org.rapport.consent.RecordedConsent;
import org.rapport.consent.hapi.StoredConsents.OnFile;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.kept.ChangesUnknown;
import org.rapport.kept.KeptByEpoch;
import org.rapport.kept.Sources;
import org.rapport.kept.WatchedChanges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads consents and memberships and keeps them until something changes that they depend on.
 *
 * <p>A request is judged as of its beginning, which lies outside of every transaction: what a transaction has seen before
 * cannot be taken for newer than it is. A request that writes in a transaction goes by what is committed by then, and
 * what it reads there serves itself alone.
 */
final class KeptConsents {

    private static final Logger LOG = LoggerFactory.getLogger(KeptConsents.class);

    private final StoredConsents consents;
    private final StoredMemberships memberships;
    private final WatchedChanges changes;
    private final Sources sources;
    private final BooleanSupplier inTransaction;
    private final KeptByEpoch<OnFile> onFile;
    private final KeptByEpoch<Set<String>> belongings;

    KeptConsents(
            StoredConsents consents,
            StoredMemberships memberships,
            WatchedChanges changes,
            Sources sources,
            LongSupplier nanoTime,
            BooleanSupplier inTransaction) {
        this.consents = consents;
        this.memberships = memberships;
        this.changes = changes;
        this.sources = sources;
        this.inTransaction = inTransaction;
        this.onFile = new KeptByEpoch<>(nanoTime);
        this.belongings = new KeptByEpoch<>(nanoTime);
    }

    /**
     * What a request goes by.
     *
     * @param epoch of the changes when it began; what is kept must be as new
     * @param stage of the request
     */
    record Moment(long epoch, Stage stage) {}

    Moment now(Stage stage) {
        return new Moment(sources.epoch(known(stage == Stage.STORING ? changes::epochsByNow : changes::epochs)), stage);
    }

    /** What is on file for each of these patients. */
    Map<String, OnFile> of(Set<String> patients, Moment moment) {
        var found = new HashMap<String, OnFile>();
        patients.forEach(id -> onFile.find(id, moment.epoch()).ifPresent(known -> found.put(id, known)));
        var missing = new HashSet<>(patients);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            var read = known(() -> consents.of(missing));
            if (isSettled(moment)) {
                read.forEach((id, value) -> onFile.keep(id, value, moment.epoch()));
            }
            found.putAll(read);
        }
        return found;
    }

    /** A consent that may not be on file yet; empty when it would not count. */
    Optional<RecordedConsent> read(Consent consent) {
        return known(() -> consents.read(consent));
    }

    /** All that a user is or belongs to; who writes goes by periods to the moment. */
    Set<String> belongingsOf(String user, Moment moment) {
        var known =
                moment.stage() == Stage.STORING ? Optional.<Set<String>>empty() : belongings.find(user, moment.epoch());
        return known.orElseGet(() -> {
            var read = known(() -> memberships.of(user));
            if (isSettled(moment)) {
                belongings.keep(user, read, moment.epoch());
            }
            return read;
        });
    }

    private boolean isSettled(Moment moment) {
        return switch (moment.stage()) {
            case READING -> true;
            case WRITING -> !inTransaction.getAsBoolean();
            case STORING -> false;
        };
    }

    /** Whatever the reason is: nobody learns anything while it is not known what patients want. */
    private static <T> T known(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            var cause = e instanceof ChangesUnknown && e.getCause() != null ? e.getCause() : e;
            LOG.warn(
                    "Consents cannot be read, so a request is refused: {}",
                    cause.getClass().getSimpleName());
            throw new FailureException(Failure.UNAVAILABLE);
        }
    }
}
