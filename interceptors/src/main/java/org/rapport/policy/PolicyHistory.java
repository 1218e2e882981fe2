package org.rapport.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The published versions of one policy.
 *
 * @param versions in the order in which they came into force, those of one moment in the order of their publication; none for a
 *     policy without texts
 */
public record PolicyHistory(List<PublishedVersion> versions) {

    /** Keeps its own copy. */
    public PolicyHistory {
        versions = List.copyOf(versions);
    }

    /** The version of that name, in force or not. */
    Optional<PublishedVersion> named(String version) {
        return versions.stream()
                .filter(published -> published.name().version().equals(Optional.of(version)))
                .findFirst();
    }

    /** The version that is in force at a moment; empty before the first. */
    Optional<PublishedVersion> inForce(Instant moment) {
        return versions.stream()
                .filter(published -> !published.effective().isAfter(moment))
                .reduce((older, newer) -> newer);
    }

    /** The version that has a text with that SHA-256. */
    public Optional<PublishedVersion> holding(String sha256) {
        return versions.stream()
                .filter(version ->
                        version.texts().stream().anyMatch(text -> text.sha256().equalsIgnoreCase(sha256)))
                .findFirst();
    }

    /** The version that is asked for: that of a name, or without one the version in force at a moment. */
    public Optional<PublishedVersion> find(Optional<String> version, Instant moment) {
        return version.isPresent() ? named(version.get()) : inForce(moment);
    }
}
