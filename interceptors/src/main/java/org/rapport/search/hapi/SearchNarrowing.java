package org.rapport.search.hapi;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rapport.access.Action;
import org.rapport.access.Reach;
import org.rapport.access.Reach.AnyOf;
import org.rapport.access.Reach.Everything;
import org.rapport.access.Reach.Matching;
import org.rapport.access.Reach.Records;
import org.rapport.access.ScopeConstraint.Parameter;
import org.rapport.access.TypeRule;
import org.rapport.access.TypeRule.RecordLink;
import org.rapport.access.hapi.CallerAccess;

/**
 * Finds the parameters that keep a search within the caller's reach.
 *
 * <p>Where several reaches have no parameters in common that say exactly the same, the search finds more than the caller
 * may see, and what it finds too much is left out of the answer.
 */
public final class SearchNarrowing {

    /** No resource has this id: it is in the form of the ids that the server chooses, and never chosen. */
    public static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static final String PATIENT = "Patient/";

    private SearchNarrowing() {}

    /** What all matches must meet beside what was asked; none when nothing is out of reach. */
    public static List<Map.Entry<String, String>> of(CallerAccess access, Action action) {
        var reach = access.reach(action);
        if (reach instanceof Everything) {
            return List.of();
        }
        var parts = reach.each().toList();
        var patients = patients(parts);
        Stream<Map.Entry<String, String>> byPatient = patients.stream()
                .map(known ->
                        narrowing(known, TypeRule.of(action.type()).recordLink().orElseThrow(access::denied)));
        return Stream.concat(byPatient, constraints(reach, parts)).toList();
    }

    /** The same without those that say what is asked already: to say it twice would have the database do it twice. */
    public static List<Map.Entry<String, String>> missing(
            CallerAccess access, Action action, List<Map.Entry<String, String>> asked) {
        return of(access, action).stream()
                .filter(narrowing -> asked.stream().noneMatch(one -> isWithin(one, narrowing)))
                .toList();
    }

    /** Whether a parameter finds nothing that the narrowing does not find. */
    public static boolean isWithin(Map.Entry<String, String> asked, Map.Entry<String, String> narrowing) {
        var reached = values(narrowing.getValue());
        return asked.getKey().equals(narrowing.getKey())
                && values(asked.getValue()).stream()
                        .allMatch(value -> !value.isBlank()
                                && (reached.contains(value)
                                        || (asked.getKey().equals("patient") && reached.contains(PATIENT + value))));
    }

    private static List<String> values(String anyOf) {
        return List.of(anyOf.split(",", -1));
    }

    /** Parameters with one more that all matches must meet as well. */
    public static Map<String, String[]> and(Map<String, String[]> parameters, Map.Entry<String, String> narrowing) {
        var all = new HashMap<>(parameters);
        all.merge(narrowing.getKey(), new String[] {narrowing.getValue()}, (asked, added) -> {
            var both = Arrays.copyOf(asked, asked.length + 1);
            both[asked.length] = added[0];
            return both;
        });
        return all;
    }

    /** The patients of all parts; empty when a part is not about patients. */
    private static Optional<Set<String>> patients(List<Reach> parts) {
        var patients = new HashSet<String>();
        for (var part : parts) {
            var whole = part instanceof Matching matching ? matching.whole() : part;
            if (!(whole instanceof Records records)) {
                return Optional.empty();
            }
            patients.addAll(records.patients());
        }
        return Optional.of(patients);
    }

    private static Map.Entry<String, String> narrowing(Set<String> patients, RecordLink link) {
        if (patients.isEmpty()) {
            return Map.entry("_id", NOBODY);
        }
        var prefix = link.path().isEmpty() ? "" : PATIENT;
        return Map.entry(
                link.parameter(), patients.stream().sorted().map(prefix::concat).collect(joining(",")));
    }

    private static Stream<Map.Entry<String, String>> constraints(Reach reach, List<Reach> parts) {
        if (reach instanceof Matching matching) {
            return matching.constraint().parameters().stream().map(SearchNarrowing::entry);
        }
        return reach instanceof AnyOf ? alternatives(parts).stream() : Stream.of();
    }

    /** One parameter with the values of all parts, when each part is limited by that parameter alone. */
    private static Optional<Map.Entry<String, String>> alternatives(List<Reach> parts) {
        var names = new HashSet<String>();
        var values = new TreeSet<String>();
        for (var part : parts) {
            if (!(part instanceof Matching matching)
                    || matching.constraint().parameters().size() != 1) {
                return Optional.empty();
            }
            var parameter = matching.constraint().parameters().get(0);
            names.add(parameter.name());
            values.add(parameter.value());
        }
        return names.size() == 1
                ? Optional.of(Map.entry(names.iterator().next(), String.join(",", values)))
                : Optional.empty();
    }

    private static Map.Entry<String, String> entry(Parameter parameter) {
        return Map.entry(parameter.name(), parameter.value());
    }
}
