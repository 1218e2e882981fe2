package org.rapport.access;

import java.util.Set;

/** Tells whose record somebody acts in who has no record of that name: a related person, or a person with several parts. */
@FunctionalInterface
public interface ProxyRelations {

    /** Nobody acts for anybody. */
    ProxyRelations NONE = user -> Set.of();

    /**
     * The patients that somebody may act for now.
     *
     * @param user relative reference, such as {@code RelatedPerson/dana} or {@code Person/dana}
     * @return logical ids of patients
     */
    Set<String> patientsOf(String user);

    /**
     * The patients that a Person is.
     *
     * @param person relative reference, such as {@code Person/alice}
     * @return logical ids of patients
     */
    default Set<String> ownRecordsOf(String person) {
        return Set.of();
    }
}
