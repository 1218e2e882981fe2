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
                .filter(patient -> patient.indexOf('/') < 0)
                .anyMatch(patient -> !caller.patient().filter(patient::equals).isPresent());
    }

    private static Set<String> named(String type, Map<String, String[]> parameters) {
        var names = names(type);
        var patients = new HashSet<String>();
        parameters.forEach((name, values) -> {
            if (names.contains(name)) {
                Stream.of(values)
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .map(EmergencySearch::id)
                        .forEach(patients::add);
            }
        });
        return patients;
    }

    /** The logical id of a patient, of whichever server; a reference to something else stays one. */
    private static String id(String reference) {
        int type = reference.lastIndexOf(PATIENT + '/');
        return type == 0 || (type > 0 && reference.charAt(type - 1) == '/')
                ? reference.substring(type + PATIENT.length() + 1)
                : reference;
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
