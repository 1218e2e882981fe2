package org.rapport.search.hapi;

import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rapport.access.SearchExpression;
import org.rapport.access.hapi.CallerAccess;

/**
 * Stops searches that ask about what is masked from the caller: by whatever parameter looks at it, plainly or along the way,
 * and by an order. What a parameter looks at is in its expression, so that those which are added later count too.
 *
 * @param registry the parameters in use
 */
record MaskedQuestions(ISearchParamRegistry registry) {

    /** They look at what is never masked, or at nothing. */
    private static final Set<String> ABOUT_NO_ELEMENT = Set.of(
            "_id",
            "_lastUpdated",
            "_tag",
            "_profile",
            "_security",
            "_count",
            "_offset",
            "_total",
            "_format",
            "_pretty",
            "_elements",
            "_summary",
            PrivatePages.PAGE);

    private static final String SORT = "_sort";
    private static final String HAS = "_has:";

    void check(CallerAccess access, String type, List<Map.Entry<String, String>> asked) {
        if (access.hasMasks()) {
            asked.forEach(one -> check(access, type, LinkedSearch.spelt(one.getKey()), one.getValue()));
        }
    }

    private void check(CallerAccess access, String type, String name, String value) {
        if (name.startsWith(HAS)) {
            var parts = name.split(":", 4);
            if (parts.length == 4) {
                require(access, parts[1], parts[2]);
            }
        } else if (Inclusion.isNamed(name)) {
            Inclusion.parse(name, value).ifPresent(one -> require(access, one.type(), one.parameter()));
        } else if (name.startsWith(SORT)) {
            Stream.of(value.split(",", -1))
                    .forEach(key -> require(access, type, key.startsWith("-") ? key.substring(1) : key));
        } else {
            require(access, type, name.split("[.:]", 2)[0]);
        }
    }

    private void require(CallerAccess access, String type, String parameter) {
        var masked = access.masked(type);
        if (!masked.isEmpty() && touches(registry, type, parameter, masked)) {
            throw access.denied();
        }
    }

    /** Whether a parameter may tell something of one of these elements; one that nobody knows may. */
    static boolean touches(ISearchParamRegistry registry, String type, String parameter, Set<String> elements) {
        if (ABOUT_NO_ELEMENT.contains(parameter)) {
            return false;
        }
        return Optional.ofNullable(registry.getActiveSearchParam(type, parameter, SearchParamLookupContextEnum.SEARCH))
                .map(known -> known.getPath())
                .map(path -> new SearchExpression(type, path).touches(elements))
                .orElse(true);
    }
}
