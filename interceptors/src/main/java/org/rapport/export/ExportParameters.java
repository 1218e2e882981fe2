package org.rapport.export;

import ca.uhn.fhir.parser.DataFormatException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.InstantType;
import org.rapport.access.TypeRule;
import org.rapport.failure.Failure;

/**
 * The parameters of a kick-off request.
 *
 * @param values what each parameter says, as often as it was sent
 * @param lenient whether what is not supported is passed over instead of refused
 * @see <a href="https://hl7.org/fhir/uv/bulkdata/STU2/export.html#query-parameters">Bulk Data Access 2.0, query parameters</a>
 */
public record ExportParameters(Map<String, List<String>> values, boolean lenient) {

    private static final String TYPE = "_type";
    private static final String SINCE = "_since";
    private static final String FORMAT = "_outputFormat";
    private static final String PATIENT = "patient";
    private static final Set<String> KNOWN = Set.of(TYPE, SINCE, FORMAT, PATIENT);
    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty");
    private static final Set<String> NDJSON = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern PATIENT_FORM = Pattern.compile("(?:Patient/)?([A-Za-z0-9\\-.]{1,64})");

    /** Keeps its own copy of the values. */
    public ExportParameters {
        values = Map.copyOf(values);
    }

    /** The types that an export may hold: those that belong to a patient's record. */
    public static Set<String> exportable() {
        return TypeRule.openTypes().stream()
                .filter(type -> TypeRule.of(type).recordLink().isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What they ask for.
     *
     * @param group whose members it is about; empty for patients
     * @throws ExportRefused 400 for what is not understood or not supported
     */
    public ExportOrder order(Optional<String> group) {
        boolean unknown = values.keySet().stream()
                .anyMatch(name -> !PRESENTATION.contains(name)
                        && (!KNOWN.contains(name) || (name.equals(PATIENT) && group.isPresent())));
        if (unknown && !lenient) {
            throw notSupported(
                    "A parameter is not supported; _type, _since, _outputFormat and, for patients, patient are");
        }
        if (!NDJSON.containsAll(values.getOrDefault(FORMAT, List.of()))) {
            throw notSupported("_outputFormat is application/fhir+ndjson");
        }
        return new ExportOrder(group, group.isPresent() ? Set.of() : patients(), types(), since());
    }

    /** Whether something is passed over. */
    public boolean passesOver() {
        return lenient && !(KNOWN.containsAll(values.keySet()) && exportable().containsAll(listed(TYPE)));
    }

    private Set<String> types() {
        var asked = listed(TYPE);
        var held = asked.stream().filter(exportable()::contains).collect(Collectors.toUnmodifiableSet());
        boolean all = held.containsAll(asked);
        if ((!all && !lenient) || (!asked.isEmpty() && held.isEmpty())) {
            throw notSupported("_type has a type that no export holds; name types of patients' records");
        }
        return held;
    }

    private Set<String> patients() {
        return listed(PATIENT).stream()
                .map(PATIENT_FORM::matcher)
                .map(matcher -> {
                    if (!matcher.matches()) {
                        throw ExportRefused.invalid("patient is a reference such as Patient/1");
                    }
                    return matcher.group(1);
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Instant> since() {
        var given = values.getOrDefault(SINCE, List.of());
        if (given.size() > 1) {
            throw ExportRefused.invalid("_since is sent once");
        }
        try {
            return given.stream()
                    .findFirst()
                    .map(text -> new InstantType(text).getValue().toInstant());
        } catch (DataFormatException | IllegalArgumentException | NullPointerException e) {
            throw ExportRefused.invalid("_since is an instant such as 2026-03-01T08:00:00Z");
        }
    }

    private Set<String> listed(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(COMMA::splitAsStream)
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static ExportRefused notSupported(String diagnostics) {
        return new ExportRefused(Failure.of(400, "not-supported", diagnostics));
    }
}
