package org.rapport.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.rapport.changes.Change;

/** A store in memory, whose only search is {@code _id}; what is put into it comes out as changes. */
final class TestStore implements FhirStore {

    final List<Change> changes = new ArrayList<>();
    final Set<String> broken = new HashSet<>();
    int reads;

    private final Map<String, List<Resource>> versions = new HashMap<>();

    Change put(Resource resource) {
        var path = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        var history = versions.computeIfAbsent(path, key -> new ArrayList<>());
        var stored = resource.copy();
        stored.setId(path + "/_history/" + (history.size() + 1));
        history.add(stored);
        var kind = history.size() == 1 ? Change.Kind.CREATED : Change.Kind.UPDATED;
        var change = new Change(resource.fhirType(), resource.getIdElement().getIdPart(), history.size(), kind);
        changes.add(change);
        return change;
    }

    Subscription subscription(String id) {
        var history = versions.getOrDefault("Subscription/" + id, List.of());
        return (Subscription) history.get(history.size() - 1);
    }

    @Override
    public Optional<Resource> version(String type, String id, long version) {
        reads++;
        if (broken.contains(id)) {
            throw new IllegalStateException("unreadable");
        }
        return Optional.ofNullable(versions.get(type + "/" + id)).map(history -> history.get((int) version - 1));
    }

    @Override
    public boolean understands(Criteria criteria) {
        return !criteria.query().contains("unheard");
    }

    @Override
    public boolean matches(Criteria criteria, Resource resource) {
        return criteria.query().isEmpty()
                || criteria.query().equals("_id=" + resource.getIdElement().getIdPart());
    }

    @Override
    public OptionalLong mark(String id, long version, SubscriptionStatus status, String error) {
        var current = subscription(id);
        if (current.getIdElement().getVersionIdPartAsLong() != version) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(put(current.copy().setStatus(status).setError(error.isEmpty() ? null : error))
                .version());
    }
}
