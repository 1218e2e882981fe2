package org.rapport.audit;

import java.util.Optional;

/**
 * What was acted on, by id alone: it may be gone when the row is read.
 *
 * @param type resource type; empty for what is no resource, such as an account
 * @param id logical id, or the name of what is no resource; empty for all of a type
 * @param version what was read or made
 * @param patient logical id of the patient whose record it belongs to
 */
public record Entity(Optional<String> type, Optional<String> id, Optional<Long> version, Optional<String> patient) {

    /** Nothing in particular. */
    public static final Entity NONE =
            new Entity(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The same in the record of a patient. */
    public Entity of(String patientId) {
        return new Entity(type, id, version, Optional.of(patientId));
    }
}
