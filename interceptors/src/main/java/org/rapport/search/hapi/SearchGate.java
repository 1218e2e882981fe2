package org.rapport.search.hapi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.EmergencySearch;
import org.rapport.access.TypeRule;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Lets only such questions pass as cannot tell more than the answer shows.
 *
 * <p>What follows a reference looks at a resource that is not in the answer: {@link LinkedSearch} asks about each step of it.
 * What counts or sorts sees more than the page, and stays closed to people.
 */
public final class SearchGate {

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_elements", "_summary");
    private static final Set<String> PAGING = Set.of("_count", "_offset", "_since", "_at", "_type", "start", "end");
    private static final Set<String> SEARCH_CONTROL = Set.of(
            "_id",
            "_lastUpdated",
            "_tag",
            "_profile",
            "_security",
            "_sort",
            "_count",
            "_offset",
            "_total",
            "_filter",
            PrivatePages.PAGE);
    /** Known to HAPI and closed to people, but for {@code _has} and {@code _list}, which {@link LinkedSearch} answers. */
    private static final Set<String> KNOWN_TO_HAPI = Set.of(
            "_content", "_text", "_source", "_list", "_has", "_query", "_contained", "_containedType", "_language");

    private static final Set<String> STEERING =
            Set.of("_sort", "_count", "_offset", "_total", "_filter", PrivatePages.PAGE);
    private static final Set<String> SORTS = Set.of(
            "_id", "_lastUpdated", "date", "authored", "authoredon", "issued", "onset-date", "recorded-date", "start");
    private static final Set<String> MODIFIERS = Set.of(
            "missing", "exact", "contains", "not", "in", "not-in", "above", "below", "text", "identifier", "of-type");

    /** What operations are asked by, beside their bodies. */
    private static final Map<String, Set<String>> OPERATIONS = Map.of(
            "$explain-access", Set.of("user", "role", "resource", "interaction"),
            "$policy-text", Set.of("uri", "version", "language", "sha256"),
            "$export", Set.of("_outputFormat", "_typeFilter", "patient"),
            "$export-status", Set.of("job"),
            "$export-file", Set.of("job", "type", "file"));

    private SearchGate() {}

    /** Stops a question that could tell more than the caller may see. */
    public static void check(CallerAccess access, Action action, Map<String, String[]> parameters) {
        if (action.interaction() == Interaction.SEARCH
                && parameters.keySet().stream().anyMatch(SearchGate::isUnheard)) {
            throw unsupported("A parameter that begins with an underscore is not supported");
        }
        if (access.caller().readsEverything()) {
            return;
        }
        if (access.caller().breaksGlass()
                && action.interaction() == Interaction.SEARCH
                && !EmergencySearch.isAllowed(access.caller(), action.type(), parameters)) {
            throw access.denied();
        }
        parameters.forEach((name, values) -> {
            if (action.interaction() == Interaction.SEARCH) {
                checkSearch(access, name, values);
            } else if (!access.caller().seesWholeTypes()
                    && !PRESENTATION.contains(name)
                    && !PAGING.contains(name)
                    && !OPERATIONS.getOrDefault(action.operation(), Set.of()).contains(name)) {
                throw access.denied();
            }
        });
        if (Inclusion.of(parameters).size() > Inclusion.MOST) {
            throw new FailureException(Failure.of(400, "too-costly", "Too many inclusions; ask for fewer"));
        }
    }

    /** What a caller may be answered of it: what includes resources that are closed to the caller includes none. */
    public static List<Map.Entry<String, String>> readable(CallerAccess access, List<Map.Entry<String, String>> asked) {
        return access.caller().readsEverything()
                ? asked
                : asked.stream()
                        .filter(one -> Inclusion.parse(one.getKey(), one.getValue())
                                .filter(inclusion -> !access.reaches(Interaction.READ, inclusion.type()))
                                .isEmpty())
                        .toList();
    }

    /** HAPI passes over what begins with an underscore and is unknown to it, and would find everything. */
    private static boolean isUnheard(String name) {
        var base = name.split("[.:]", 2)[0];
        return base.startsWith("_")
                && !Inclusion.isNamed(base)
                && Stream.of(SEARCH_CONTROL, PRESENTATION, PAGING, KNOWN_TO_HAPI)
                        .noneMatch(known -> known.contains(base));
    }

    /** Stops a search parameter, unless it follows references: those are judged step by step. */
    static void checkSearch(CallerAccess access, String name, String[] values) {
        if (LinkedSearch.follows(name)) {
            return;
        }
        if (Inclusion.isNamed(name)) {
            if (!Stream.of(values)
                    .allMatch(value -> Inclusion.parse(name, value).isPresent())) {
                throw access.denied();
            }
            return;
        }
        int colon = name.indexOf(':');
        var base = colon < 0 ? name : name.substring(0, colon);
        var modifier = colon < 0 ? "missing" : name.substring(colon + 1);
        boolean known = !base.startsWith("_") || SEARCH_CONTROL.contains(base) || PRESENTATION.contains(base);
        boolean plain = MODIFIERS.contains(modifier) || TypeRule.openTypes().contains(modifier);
        boolean modifiedInVain = colon >= 0 && (PRESENTATION.contains(base) || STEERING.contains(base));
        if (!known || !plain || modifiedInVain) {
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
