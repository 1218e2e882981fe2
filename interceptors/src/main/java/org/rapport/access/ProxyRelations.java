package org.rapport.access;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
     * The patients that somebody may act for now, and in what part of the record of each.
     *
     * @param user relative reference
     * @return scopes by logical ids of patients; no scope for who may do nothing
     */
    default Map<String, Set<ProxyScope>> scopesOf(String user) {
        return patientsOf(user).stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), patient -> Set.of(ProxyScope.FULL)));
    }

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
