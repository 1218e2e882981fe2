package org.rapport.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rapport.ig.GuideExtension;

/** What part of a record somebody acts in who acts for a patient. The patient is seen by each of them. */
public enum ProxyScope {
    /** Visits. */
    BOOK,
    /** Messages to and from the care team. */
    MESSAGE,
    /** What was measured and found. */
    RESULTS,
    /** What is prescribed and taken. */
    MEDICATIONS,
    /** Letters and files. */
    DOCUMENTS,
    /** All that the patient may. */
    FULL;

    /** The extension of a RelatedPerson that names one. */
    public static final String EXTENSION = GuideExtension.PROXY_SCOPE.canonical();

    private static final Map<ProxyScope, Set<String>> TYPES = Map.of(
            BOOK,
            Set.of("Appointment", "AppointmentResponse"),
            MESSAGE,
            Set.of("Communication", "CommunicationRequest", "CareTeam"),
            RESULTS,
            Set.of("Observation", "DiagnosticReport", "ImagingStudy", "Media", "Specimen", "Binary"),
            MEDICATIONS,
            Set.of("MedicationAdministration", "MedicationDispense", "MedicationRequest", "MedicationStatement"),
            DOCUMENTS,
            Set.of("Composition", "DocumentManifest", "DocumentReference", "Binary", "Bundle"),
            FULL,
            Set.of());

    /** The others let see and change nothing. */
    private static final Set<ProxyScope> ACTING = Set.of(BOOK, MESSAGE);

    /** The scope of a code of the guide's code system {@code proxy-scope}; empty for an unknown one. */
    public static Optional<ProxyScope> ofCode(String code) {
        return Arrays.stream(values())
                .filter(scope -> scope.name().toLowerCase(Locale.ROOT).equals(code))
                .findFirst();
    }

    /** Whether one of the scopes opens an action; what nobody's record holds is open to each proxy. */
    static boolean open(Set<ProxyScope> scopes, Action action) {
        return scopes.contains(FULL)
                || (!scopes.isEmpty() && isOpenToEach(action))
                || scopes.stream()
                        .filter(scope -> action.looks() || ACTING.contains(scope))
                        .anyMatch(scope -> TYPES.getOrDefault(scope, Set.of()).contains(action.type()));
    }

    /** Each may read who they are here themselves, since apps look up whom they work for; empty for other actions. */
    static Optional<ScopeConstraint> ownPerson(Set<ProxyScope> scopes, Caller caller, Action action) {
        return !scopes.isEmpty()
                        && action.type().equals("RelatedPerson")
                        && action.looks()
                        && action.operation().isEmpty()
                ? caller.fhirUser()
                        .filter(user -> user.startsWith("RelatedPerson/"))
                        .map(user -> new ScopeConstraint(List.of(
                                new ScopeConstraint.Parameter("_id", user.substring("RelatedPerson/".length())))))
                : Optional.empty();
    }

    /** What {@code $everything} finds is judged one by one. */
    private static boolean isOpenToEach(Action action) {
        return TypeRule.of(action.type()).shared()
                || (action.type().equals("Patient") && Set.of("", "$everything").contains(action.operation()));
    }
}
