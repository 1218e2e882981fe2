package org.rapport.relation.hapi;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Set;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.RelatedPerson;

/**
 * Tells when parents no longer act for their children: as soon as these are of age. Guardians and others whom somebody
 * named act on, for as long as their period says.
 *
 * @param age in years
 * @param clock says what the present is, and with its zone when days begin
 */
public record Majority(int age, Clock clock) {

    private static final String ROLES = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

    /** Natural, adoptive, foster and step parents. */
    private static final Set<String> PARENTS = Set.of(
            "PRN", "FTH", "MTH", "GESTM", "NPRN", "NFTH", "NFTHF", "NMTH", "ADOPTP", "ADOPTF", "ADOPTM", "PRNFOST",
            "FTHFOST", "MTHFOST", "STPPRN", "STPFTH", "STPMTH");

    /** Whether somebody acts for a patient as a parent does. */
    boolean matters(RelatedPerson proxy) {
        return proxy.getRelationship().stream()
                .flatMap(relationship -> relationship.getCoding().stream())
                .anyMatch(coding ->
                        ROLES.equals(coding.getSystem()) && coding.hasCode() && PARENTS.contains(coding.getCode()));
    }

    /** Whether a patient is of age; so is one of whom nobody knows. */
    boolean isReachedBy(Patient patient) {
        var today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        return !patient.hasBirthDate()
                || !earliest(patient.getBirthDateElement()).plusYears(age).isAfter(today);
    }

    private static LocalDate earliest(DateType born) {
        return switch (born.getPrecision()) {
            case YEAR -> LocalDate.of(born.getYear(), 1, 1);
            case MONTH -> LocalDate.of(born.getYear(), born.getMonth() + 1, 1);
            default -> LocalDate.of(born.getYear(), born.getMonth() + 1, born.getDay());
        };
    }
}
