package org.rapport.access;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists the patients whose record a user may open: the own one, those of the people one acts for, those one treats. */
public interface PatientDirectory {

    /** What ties a user to a patient, the closest first. */
    enum Relation {
        /** The user is the patient. */
        OWN,
        /** The user acts for the patient. */
        PROXY,
        /** The user treats the patient. */
        TREATED,
        /** Nothing does; the user breaks the glass. */
        NONE
    }

    /**
     * A patient as people tell one from another.
     *
     * @param id logical id
     * @param name given names before family name; empty when the record has none
     * @param birthDate day of birth; empty when it is not known to the day
     * @param relation what ties the user to the patient
     */
    record KnownPatient(String id, String name, Optional<LocalDate> birthDate, Relation relation) {}

    /**
     * The patients that a user may open, by family name and then by given names.
     *
     * @param fhirUser the user's own resource, relative, such as {@code RelatedPerson/dana}
     * @param roles what the user is here
     * @param search beginnings of names, separated by blanks, all of which must match; empty for every patient
     * @param most how many patients at most
     */
    List<KnownPatient> reachableBy(String fhirUser, Set<Caller.Role> roles, String search, int most);

    /** One of these patients; empty when the user may not open that record or there is none. */
    Optional<KnownPatient> reachable(String fhirUser, Set<Caller.Role> roles, String patientId);

    /**
     * The patient with a logical id or else an identifier, such as the number on a wristband, whoever asks: for those who
     * break the glass.
     *
     * @return empty when there is none, and when the identifier names several
     */
    Optional<KnownPatient> anybody(String number);

    /** Whether a user may open the record of a patient. */
    default boolean reaches(String fhirUser, Set<Caller.Role> roles, String patientId) {
        return reachable(fhirUser, roles, patientId).isPresent();
    }
}
