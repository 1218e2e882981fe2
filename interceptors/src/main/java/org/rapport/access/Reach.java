package org.rapport.access;

import java.util.Set;

/** How far an action of a caller goes: searches are kept within it, and each resource is measured by it. */
public sealed interface Reach {

    /** Every resource of the type. */
    record Everything() implements Reach {}

    /**
     * Resources that belong to the record of these patients, and to no other patient's.
     *
     * @param patients logical ids; none means that there is nothing to be found
     */
    record Records(Set<String> patients) implements Reach {

        /** Keeps its own copy of the patients. */
        public Records {
            patients = Set.copyOf(patients);
        }
    }

    /**
     * No resource at all.
     *
     * @param denial what to answer
     */
    record Nothing(AccessDecision.Deny denial) implements Reach {}
}
