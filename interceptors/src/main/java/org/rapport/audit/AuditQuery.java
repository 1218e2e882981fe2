package org.rapport.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which rows of the audit log somebody asks for; whatever is empty does not narrow.
 *
 * @param from recorded not before
 * @param until recorded before
 * @param patients logical ids, any of them
 * @param subjects users or clients, any of them
 * @param fhirUsers their resources, relative, any of them
 * @param entities what was acted on, relative references, any of them
 * @param actions letters of AuditEvent.action, any of them; a letter that there is not matches nothing
 * @param outcomes codes of AuditEvent.outcome, any of them
 */
public record AuditQuery(
        Optional<Instant> from,
        Optional<Instant> until,
        List<String> patients,
        List<String> subjects,
        List<String> fhirUsers,
        List<String> entities,
        List<String> actions,
        List<String> outcomes) {

    /** Keeps its own copies of the lists. */
    public AuditQuery {
        patients = List.copyOf(patients);
        subjects = List.copyOf(subjects);
        fhirUsers = List.copyOf(fhirUsers);
        entities = List.copyOf(entities);
        actions = List.copyOf(actions);
        outcomes = List.copyOf(outcomes);
    }

    /** What was done to the record of a patient and came about, from one moment and before another. */
    public static AuditQuery ofRecord(String patient, Optional<Instant> from, Optional<Instant> until) {
        return new AuditQuery(from, until, List.of(patient), List.of(), List.of(), List.of(), List.of(), List.of("0"));
    }

    /** The condition in SQL, with its parameters in {@link #parameters}. */
    String condition() {
        var terms = new ArrayList<>(List.of("true"));
        from.ifPresent(moment -> terms.add("recorded >= ?"));
        until.ifPresent(moment -> terms.add("recorded < ?"));
        any(terms, "patient", patients);
        any(terms, "subject", subjects);
        any(terms, "fhir_user", fhirUsers);
        any(terms, "resource_type || '/' || resource_id", entities);
        any(terms, "interaction", interactions());
        any(terms, "case when status >= 500 then '8' when status >= 400 then '4' else '0' end", outcomes);
        return String.join(" and ", terms);
    }

    /** The values of the condition, in its order. */
    List<Object> parameters() {
        var values = new ArrayList<>();
        from.ifPresent(moment -> values.add(Timestamp.from(moment)));
        until.ifPresent(moment -> values.add(Timestamp.from(moment)));
        values.addAll(patients);
        values.addAll(subjects);
        values.addAll(fhirUsers);
        values.addAll(entities);
        values.addAll(interactions());
        values.addAll(outcomes);
        return values;
    }

    private List<String> interactions() {
        return actions.stream().flatMap(Deed::withAction).toList();
    }

    private static void any(List<String> terms, String column, List<String> values) {
        if (!values.isEmpty()) {
            terms.add(column + values.stream().map(value -> "?").collect(Collectors.joining(", ", " in (", ")")));
        }
    }
}
