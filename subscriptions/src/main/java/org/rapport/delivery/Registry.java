package org.rapport.delivery;

import java.util.Optional;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.rapport.changes.Change;
import org.rapport.delivery.Registrations.Stopped;
import org.rapport.delivery.SubscriptionRules.Unusable;
import org.rapport.delivery.SubscriptionRules.Verdict;
import org.rapport.outbox.Outbox;
import org.rapport.work.DatabaseTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the Subscriptions as the change log tells of them, each step in the transaction that runs, and tells their
 * authors by the status.
 *
 * @param registrations what is kept of them
 * @param rules which of them can be active
 * @param store where the resources are
 * @param outbox what waits to be sent for them, a lane for each
 */
public record Registry(Registrations registrations, SubscriptionRules rules, FhirStore store, Outbox outbox) {

    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

    /** Brings the registration to where a change of the resource leaves it. */
    void follow(Change change) {
        if (change.kind() == Change.Kind.DELETED) {
            stop(change.id(), change.version(), Stopped.DELETED);
            return;
        }
        Optional<Subscription> subscription;
        try {
            subscription =
                    store.version(change.type(), change.id(), change.version()).map(Subscription.class::cast);
        } catch (RuntimeException e) {
            LOG.error("A subscription was stopped: it could not be read ({})", DatabaseTrouble.unlessBehind(e));
            stop(change.id(), change.version(), Stopped.ERROR);
            return;
        }
        subscription.ifPresent(found -> follow(change, found));
    }

    private void follow(Change change, Subscription subscription) {
        var status = subscription.getStatus();
        if (status == SubscriptionStatus.REQUESTED || status == SubscriptionStatus.ACTIVE) {
            admit(change, subscription);
        } else {
            stop(change.id(), change.version(), status == SubscriptionStatus.OFF ? Stopped.OFF : Stopped.ERROR);
        }
    }

    /** What a client has sent as active is judged like one that is requested. */
    private void admit(Change change, Subscription subscription) {
        var verdict = verdict(change, subscription);
        verdict.fold(
                registration -> {
                    registrations.activate(registration);
                    if (subscription.getStatus() != SubscriptionStatus.ACTIVE) {
                        mark(change.id(), change.version(), SubscriptionStatus.ACTIVE, "");
                    }
                    return verdict;
                },
                unusable -> {
                    stop(change.id(), change.version(), Stopped.ERROR);
                    mark(change.id(), change.version(), SubscriptionStatus.ERROR, unusable.error());
                    return verdict;
                });
    }

    private Verdict verdict(Change change, Subscription subscription) {
        var author = registrations.author(change.id(), change.version());
        try {
            return rules.judge(subscription, author);
        } catch (RuntimeException e) {
            LOG.error("A subscription was stopped: it could not be judged ({})", DatabaseTrouble.unlessBehind(e));
            return new Unusable("This server cannot handle this Subscription; its operator finds out why in the log.");
        }
    }

    /** Stops one whose receiver wants nothing more, unless its author has changed it meanwhile. */
    void fail(Registration registration, String error) {
        if (isCurrent(registration)) {
            stop(registration.id(), registration.version(), Stopped.ERROR);
            mark(registration.id(), registration.version(), SubscriptionStatus.ERROR, error);
        }
    }

    /** Turns one off whose time is over. */
    void end(Registration registration) {
        stop(registration.id(), registration.version(), Stopped.OFF);
        mark(registration.id(), registration.version(), SubscriptionStatus.OFF, "");
    }

    private boolean isCurrent(Registration registration) {
        return registrations
                .locked(registration.id())
                .filter(current -> current.version() == registration.version())
                .isPresent();
    }

    private void stop(String id, long version, Stopped state) {
        registrations.stop(id, version, state);
        outbox.refuseLane(id, "the subscription is not active any more");
    }

    private void mark(String id, long version, SubscriptionStatus status, String error) {
        store.mark(id, version, status, error).ifPresent(marked -> registrations.inheritAuthor(id, version, marked));
    }
}
