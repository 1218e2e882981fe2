package org.rapport.access.hapi;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Reach;
import org.rapport.access.TypeRule;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Lets only such questions pass as cannot tell more than the answer shows, and keeps searches within the caller's reach.
 *
 * <p>What follows a reference looks at a resource that is not in the answer; what counts or sorts sees more than the
 * page; so it stays closed to people until each step of it is asked about.
 */
final class SearchGate {

    /** No resource has this id: it is in the form of the ids that the server chooses, and never chosen. */
    static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_elements", "_summary");
    private static final Set<String> PAGING = Set.of("_count", "_offset", "_since", "_at", "_type", "start", "end");
    private static final Set<String> SEARCH_CONTROL = Set.of(
            "_id", "_lastUpdated", "_tag", "_profile", "_security", "_sort", "_count", "_offset", "_total", "_filter");
    private static final Set<String> SORTS = Set.of(
            "_id", "_lastUpdated", "date", "authored", "authoredon", "issued", "onset-date", "recorded-date", "start");
    private static final Set<String> MODIFIERS = Set.of(
            "missing", "exact", "contains", "not", "in", "not-in", "above", "below", "text", "identifier", "of-type");

    private SearchGate() {}

    /** Stops a question that is not a plain search. */
    static void check(CallerAccess access, Action action, Map<String, String[]> parameters) {
        if (access.caller().readsEverything()) {
            return;
        }
        parameters.forEach((name, values) -> {
            if (action.interaction() == Interaction.SEARCH) {
                checkSearch(access, name, values);
            } else if (!access.caller().actsAlone() && !PRESENTATION.contains(name) && !PAGING.contains(name)) {
                throw access.denied();
            }
        });
    }

    /**
     * The parameter that keeps a search within the caller's reach.
     *
     * @return empty when nothing is out of reach
     */
    static Optional<Map.Entry<String, String>> narrowing(CallerAccess access, Action action) {
        if (!(access.reach(action) instanceof Reach.Records records)) {
            return Optional.empty();
        }
        var link = TypeRule.of(action.type()).recordLink().orElseThrow(access::denied);
        if (records.patients().isEmpty()) {
            return Optional.of(Map.entry("_id", NOBODY));
        }
        var prefix = link.path().isEmpty() ? "" : "Patient/";
        return Optional.of(Map.entry(
                link.parameter(),
                records.patients().stream().sorted().map(prefix::concat).collect(Collectors.joining(","))));
    }

    /** Parameters with one more that all matches must meet as well. */
    static Map<String, String[]> and(Map<String, String[]> parameters, Map.Entry<String, String> narrowing) {
        var all = new HashMap<>(parameters);
        all.merge(narrowing.getKey(), new String[] {narrowing.getValue()}, (asked, added) -> {
            var both = Arrays.copyOf(asked, asked.length + 1);
            both[asked.length] = added[0];
            return both;
        });
        return all;
    }

    private static void checkSearch(CallerAccess access, String name, String[] values) {
        int colon = name.indexOf(':');
        var base = colon < 0 ? name : name.substring(0, colon);
        var modifier = colon < 0 ? "missing" : name.substring(colon + 1);
        boolean chained = name.indexOf('.') >= 0;
        boolean known = !base.startsWith("_") || SEARCH_CONTROL.contains(base) || PRESENTATION.contains(base);
        boolean plain = MODIFIERS.contains(modifier) || TypeRule.openTypes().contains(modifier);
        if (chained || !known || !plain) {
            throw access.denied();
        }
        for (var value : values) {
            checkValue(access, base, value);
        }
    }

    private static void checkValue(CallerAccess access, String base, String value) {
        switch (base) {
            case "_filter" -> throw unsupported("_filter is not supported");
            case "_total" -> {
                if (!value.equals("none")) {
                    throw unsupported("_total is not supported; leave it out");
                }
            }
            case "_summary" -> {
                if (value.equals("count")) {
                    throw unsupported("_summary=count is not supported");
                }
            }
            case "_sort" -> {
                for (var key : value.split(",", -1)) {
                    if (!SORTS.contains(key.startsWith("-") ? key.substring(1) : key)) {
                        throw access.denied();
                    }
                }
            }
            default -> {}
        }
    }

    private static FailureException unsupported(String text) {
        return new FailureException(Failure.of(400, "not-supported", text));
    }
}
