package org.rapport.export;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be exported.
 *
 * @param group logical id of the Group whose members' records it is about; empty for patients
 * @param patients logical ids; none for the members of the group, or for every patient within reach
 * @param types resource types; none for all within reach
 * @param since only what was changed after this moment
 */
public record ExportOrder(Optional<String> group, Set<String> patients, Set<String> types, Optional<Instant> since) {

    /** Keeps its own copies. */
    public ExportOrder {
        patients = Set.copyOf(patients);
        types = Set.copyOf(types);
    }
}
