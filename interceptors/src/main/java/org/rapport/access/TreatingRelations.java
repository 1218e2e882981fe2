package org.rapport.access;

import java.util.Set;

/** Tells whom a practitioner treats. */
@FunctionalInterface
public interface TreatingRelations {

    /**
     * The patients with a treating relation to a practitioner now.
     *
     * @param practitioner relative reference, such as {@code Practitioner/dr-adams}
     * @return logical ids of patients
     */
    Set<String> patientsOf(String practitioner);

    /** The same as it is committed by now, for who writes in a transaction. */
    default TreatingRelations byNow() {
        return this;
    }
}
