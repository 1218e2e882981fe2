package org.rapport.consent;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A resource that consents are asked about.
 *
 * @param type resource type
 * @param id logical id; empty for a resource not stored yet
 * @param version empty when it has none yet
 * @param patients whose record it belongs to
 * @param content what rules compare
 */
public record ProtectedResource(
        String type, Optional<String> id, Optional<String> version, Set<Person> patients, Content content) {

    /** Keeps its own copy of the patients. */
    public ProtectedResource {
        patients = Set.copyOf(patients);
    }

    /**
     * A patient under all names.
     *
     * @param id logical id
     * @param mergedAway logical ids of what were further patients before they were merged into this one
     */
    public record Person(String id, Set<String> mergedAway) {

        Set<String> ids() {
            return Stream.concat(Stream.of(id), mergedAway.stream()).collect(Collectors.toUnmodifiableSet());
        }
    }

    /** What a resource says; each is looked up when a rule asks for it. */
    public interface Content {

        /** When it was made or applies; empty when it does not say. */
        Optional<Span> dated();

        /** References of those who wrote it; none when it does not say. */
        Set<String> authors();

        /** Everything it refers to. */
        Set<String> references();

        /** Every code it holds. */
        Set<DataScope.Code> codes();

        /** How it is labelled. */
        Labels labels();
    }

    boolean is(String reference) {
        return id.isPresent() && reference.equals(type + "/" + id.get());
    }
}
