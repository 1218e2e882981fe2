package org.rapport.delivery;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.changes.Change;
import org.rapport.outbox.Letter;
import org.rapport.outbox.OutboxItem;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Puts what matched into the outbox, numbered for each subscription, and decides on each when it is to be sent.
 *
 * @param registry holds the subscriptions
 * @param rights asked again for each delivery: rights may have gone since the Subscription was written
 * @param transaction runs what a receiver's answer changes
 * @param clock says what is due and what has ended
 */
public record Deliveries(Registry registry, AuthorRights rights, TransactionOperations transaction, Clock clock) {

    /** Whether something is sent. */
    public sealed interface Decision {

        /** Chooses by outcome. */
        <R> R fold(Function<Notification, R> send, Function<Refusal, R> refuse);
    }

    /**
     * It is sent.
     *
     * @param registration the subscription it is sent for
     * @param event its number there, from 1
     * @param resource what matched, in the version that did
     */
    public record Notification(Registration registration, long event, Resource resource) implements Decision {
        @Override
        public <R> R fold(Function<Notification, R> send, Function<Refusal, R> refuse) {
            return send.apply(this);
        }
    }

    /**
     * It is not sent, now or later.
     *
     * @param why for the operator
     */
    public record Refusal(String why) implements Decision {
        @Override
        public <R> R fold(Function<Notification, R> send, Function<Refusal, R> refuse) {
            return refuse.apply(this);
        }
    }

    /** Puts a change that matched into the outbox, in the transaction that runs. */
    void put(Registration registration, Change change) {
        var now = clock.instant();
        if (registration.hasEnded(now)) {
            return;
        }
        var key = registration.id() + "/" + registry.registrations().nextEvent(registration.id());
        var resource = change.type() + "/" + change.id() + "/_history/" + change.version();
        registry.outbox().put(new Letter(key, Optional.of(registration.id()), resource, now));
    }

    /** Decides on an item of the outbox, as the subscription, the resource and the author's rights are now. */
    public Decision decide(OutboxItem item) {
        int slash = item.key().indexOf('/');
        var registration = registry.registrations()
                .active(item.key().substring(0, slash))
                .filter(found -> !found.hasEnded(clock.instant()));
        if (registration.isEmpty()) {
            return new Refusal("the subscription is not active any more");
        }
        var id = new IdType(item.payload());
        var resource = registry.store().version(id.getResourceType(), id.getIdPart(), id.getVersionIdPartAsLong());
        if (resource.isEmpty()) {
            return new Refusal("the version is not stored any more");
        }
        return rights.mayRead(registration.get().author(), resource.get())
                ? new Notification(registration.get(), Long.parseLong(item.key().substring(slash + 1)), resource.get())
                : new Refusal("the author may not read it");
    }

    /** Stops a subscription whose receiver says that it is gone for good. */
    public void gone(Registration registration) {
        transaction.executeWithoutResult(status -> registry.fail(registration, "The endpoint answered 410 Gone."));
    }
}
