package org.rapport.access.hapi;

import java.util.Map;
import java.util.Set;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.TypeRule;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Lets only such questions pass as cannot tell more than the answer shows.
 *
 * <p>What follows a reference looks at a resource that is not in the answer; what counts or sorts sees more than the
 * page; so it stays closed to people until each step of it is asked about.
 */
final class SearchGate {

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
            } else if (!access.caller().seesWholeTypes() && !PRESENTATION.contains(name) && !PAGING.contains(name)) {
                throw access.denied();
            }
        });
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
