package org.rapport.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.rapport.access.Caller;
import org.rapport.access.Scope;
import org.rapport.changes.Change;
import org.rapport.changes.ChangeFeed;
import org.rapport.outbound.AllowedHosts;
import org.rapport.outbox.Outbox;
import org.rapport.outbox.RetryPlan;
import org.rapport.testing.TestDatabase;
import org.rapport.work.WakeUp;

/** The way of a notification on a real database, with resources in memory. */
final class DeliveryFixture {

    static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    static final Caller AUTHOR = new Caller(
            "lab",
            "lab",
            Set.of(Caller.Role.SYSTEM),
            Scope.parseAll("system/*.rs"),
            Optional.empty(),
            Optional.empty());

    final TestDatabase database = TestDatabase.with("V2026.11.21.11__outbox.sql", "V2026.11.22.40__subscription.sql");
    final TestStore store = new TestStore();
    final Registrations registrations = new Registrations(database.client());
    final Outbox outbox;
    final Registry registry;
    final Deliveries deliveries;

    private final SubscriptionMatcher matcher;
    private int read;
    private boolean denied;

    DeliveryFixture() {
        this(NOW);
    }

    DeliveryFixture(Instant now) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        AuthorRights rights = new AuthorRights() {
            @Override
            public boolean mayWatch(Caller author, String type) {
                return !type.equals("AuditEvent");
            }

            @Override
            public boolean mayRead(Caller author, Resource resource) {
                return !denied && author.equals(AUTHOR);
            }
        };
        outbox = new Outbox("rest-hook", RetryPlan.OUTSIDE, new Outbox.Tools(database.client(), clock, new WakeUp()));
        var rules = new SubscriptionRules(store, rights, new AllowedHosts(Set.of("127.0.0.1")), clock);
        registry = new Registry(registrations, rules, store, outbox);
        deliveries = new Deliveries(registry, rights, database.transactions(), clock);
        matcher = new SubscriptionMatcher(registry, deliveries);
    }

    /** A valid one; tests change what they are about. */
    static Subscription subscription(String id, String criteria) {
        var subscription = new Subscription();
        subscription.setId("Subscription/" + id);
        subscription.setStatus(SubscriptionStatus.REQUESTED).setCriteria(criteria);
        subscription
                .getChannel()
                .setType(SubscriptionChannelType.RESTHOOK)
                .setEndpoint("http://127.0.0.1:9000/hook")
                .setPayload("application/fhir+json");
        return subscription;
    }

    static Observation observation(String id) {
        var observation = new Observation();
        observation.setId("Observation/" + id);
        return observation;
    }

    /** As a request of the author would store it. */
    void write(Subscription subscription) {
        var change = store.put(subscription);
        registrations.recordAuthor(change.id(), change.version(), AUTHOR);
    }

    void delete(String type, String id, long version) {
        store.changes.add(new Change(type, id, version, Change.Kind.DELETED));
    }

    void denyEverything() {
        denied = true;
    }

    /** Reads all changes until nothing follows from them. */
    void follow() {
        while (read < store.changes.size()) {
            var page = store.changes.subList(read, store.changes.size()).stream()
                    .map(change -> new ChangeFeed.Entry(new ChangeFeed.Position(1, 1), NOW, change))
                    .toList();
            read += page.size();
            database.transactions().executeWithoutResult(status -> matcher.accept(page));
        }
    }

    /** Keys of the outbox with what became of them, in order. */
    List<String> items() {
        return database.client()
                .sql("select key || ' ' || payload || ' ' || state from outbox_item order by id")
                .query(String.class)
                .list();
    }

    List<String> setAside() {
        return database.client()
                .sql("select subscription_id || ' ' || resource_id from subscription_set_aside order by id")
                .query(String.class)
                .list();
    }
}
