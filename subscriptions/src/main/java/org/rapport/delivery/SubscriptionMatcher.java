package org.rapport.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.changes.Change;
import org.rapport.changes.ChangeFeed;
import org.rapport.work.DatabaseTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns changes into deliveries: asks each active subscription about each new version of a resource of its type, in the
 * transaction that moves the cursor. What is deleted is not told, as R4 has it.
 *
 * @param registry follows the Subscriptions among the changes
 * @param deliveries takes what matched
 */
public record SubscriptionMatcher(Registry registry, Deliveries deliveries)
        implements Consumer<List<ChangeFeed.Entry>> {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionMatcher.class);
    private static final String SUBSCRIPTION = "Subscription";

    @Override
    public void accept(List<ChangeFeed.Entry> page) {
        var watching = watching(page);
        for (var entry : page) {
            var change = entry.change();
            if (change.type().equals(SUBSCRIPTION)) {
                registry.follow(change);
                watching = watching(page);
            } else if (change.kind() != Change.Kind.DELETED) {
                match(change, watching.getOrDefault(change.type(), List.of()));
            }
        }
    }

    private Map<String, List<Registration>> watching(List<ChangeFeed.Entry> page) {
        var types = page.stream().map(entry -> entry.change().type()).collect(Collectors.toSet());
        return registry.registrations().watching(types).stream()
                .collect(Collectors.groupingBy(
                        registration -> registration.criteria().type()));
    }

    private void match(Change change, List<Registration> watching) {
        if (watching.isEmpty()) {
            return;
        }
        Optional<Resource> resource;
        try {
            resource = registry.store().version(change.type(), change.id(), change.version());
        } catch (RuntimeException e) {
            watching.forEach(registration -> setAside(registration, change, e));
            return;
        }
        resource.ifPresent(found -> watching.forEach(registration -> match(change, found, registration)));
    }

    private void match(Change change, Resource resource, Registration registration) {
        boolean matches;
        try {
            matches = registry.store().matches(registration.criteria(), resource);
        } catch (RuntimeException e) {
            setAside(registration, change, e);
            return;
        }
        if (matches) {
            deliveries.put(registration, change);
        }
    }

    /** One change that cannot be read or matched must not stop the others; a database that is away stops all. */
    private void setAside(Registration registration, Change change, RuntimeException failure) {
        var why = DatabaseTrouble.unlessBehind(failure);
        LOG.error("A change was set aside: it could not be matched ({})", why);
        registry.registrations().setAside(registration.id(), change, why);
    }
}
