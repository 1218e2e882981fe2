package org.rapport.delivery.hapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Remembers versions that were just read: what matched is sent a moment later, and a version never changes.
 *
 * <p>Only committed versions come in, and everybody gets a copy. A version that is removed for good stays known for as
 * long as it takes to send it, seconds at most.
 */
final class RecentVersions {

    private static final int MOST = 200;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Cache<String, Resource> versions =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    /** The version, from here or else from where it is stored. */
    Optional<Resource> get(IdType version, Supplier<Optional<Resource>> stored) {
        var known = versions.getIfPresent(version.getValue());
        if (known != null) {
            return Optional.of(known.copy());
        }
        var found = stored.get();
        found.ifPresent(resource -> versions.put(version.getValue(), resource.copy()));
        return found;
    }
}
