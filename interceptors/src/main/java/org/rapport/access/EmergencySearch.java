package org.rapport.access;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Tells for which patients a search asks by name: who breaks the glass has to name one, and looks for nobody else. */
public final class EmergencySearch {

    private static final String PATIENT = "Patient";

    private EmergencySearch() {}

    /** Whether the search asks for the patient of the emergency alone, or for what belongs to no patient. */
    public static boolean isAllowed(Caller caller, String type, Map<String, String[]> parameters) {
        return TypeRule.of(type).recordLink().isEmpty()
                || caller.patient()
                        .filter(patient -> named(type, parameters).equals(Set.of(patient)))
                        .isPresent();
    }

    /** Whether it asks for somebody else. */
    public static boolean strays(Caller caller, String type, Map<String, String[]> parameters) {
        return named(type, parameters).stream()
                .anyMatch(patient -> !caller.patient().filter(patient::equals).isPresent());
    }

    private static Set<String> named(String type, Map<String, String[]> parameters) {
        var names = names(type);
        var patients = new HashSet<String>();
        parameters.forEach((name, values) -> {
            if (names.contains(name)) {
                Stream.of(values)
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .map(value -> value.startsWith(PATIENT + '/') ? value.substring(PATIENT.length() + 1) : value)
                        .forEach(patients::add);
            }
        });
        return patients;
    }

    private static Set<String> names(String type) {
        if (type.equals(PATIENT)) {
            return Set.of("_id");
        }
        var names = new HashSet<>(Set.of("patient", "patient:Patient", "subject", "subject:Patient"));
        TypeRule.of(type).recordLink().ifPresent(link -> names.add(link.parameter()));
        return names;
    }
}
