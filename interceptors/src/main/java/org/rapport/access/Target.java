package org.rapport.access;

import java.util.Optional;
import java.util.Set;

/** What an action would touch. */
public sealed interface Target {

    /** Resource type. */
    String type();

    /**
     * Any resource of a type: asked before a request is handled. A permit means that there may be resources the caller
     * may touch; each of them is still asked about by itself.
     *
     * @param type resource type; empty for the whole server
     */
    record AnyOf(String type) implements Target {}

    /**
     * One resource.
     *
     * @param type resource type
     * @param id logical id; empty for what is not stored by itself, not yet or within another, and was never labelled
     * @param patients logical ids of the patients whose record it belongs to
     * @param content what constraints are compared with; empty matches none
     */
    record Resource(
            String type, Optional<String> id, Set<String> patients, Optional<org.hl7.fhir.r4.model.Resource> content)
            implements Target {

        /** Keeps its own copy of the patients. */
        public Resource {
            patients = Set.copyOf(patients);
        }

        /** A resource whose content is not at hand. */
        public Resource(String type, Optional<String> id, Set<String> patients) {
            this(type, id, patients, Optional.empty());
        }
    }
}
