package org.rapport.access;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a scope is limited to within its type: search parameters that a resource must all match, such as {@code
 * category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs}.
 *
 * <p>Its characters mean themselves: nothing is escaped, so nothing can be read in two ways.
 *
 * @param parameters at least one, in the order of their names
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html">SMART scopes, finer-grained
 *     resource constraints</a>
 */
public record ScopeConstraint(List<Parameter> parameters) {

    private static final int MOST_PARAMETERS = 5;
    private static final int MOST_CHARACTERS = 500;

    private static final Pattern FORM = Pattern.compile("([a-z_][a-z0-9-]{0,63})=([A-Za-z0-9:/._|,~-]+)");

    /**
     * A search parameter and what it is compared with.
     *
     * @param name of the search parameter, without modifier and chain
     * @param value as in a search; alternatives are separated by commas
     */
    public record Parameter(String name, String value) implements Comparable<Parameter> {

        @Override
        public int compareTo(Parameter other) {
            return text().compareTo(other.text());
        }

        private String text() {
            return name + "=" + value;
        }
    }

    /** Keeps its own copy of the parameters. */
    public ScopeConstraint {
        parameters = parameters.stream().sorted().distinct().toList();
    }

    /**
     * Reads what follows the question mark of a scope.
     *
     * @param type resource type of the scope
     * @return empty unless all of it are search parameters that R4 defines for the type, each with a value
     */
    public static Optional<ScopeConstraint> parse(String type, String query) {
        var known = SearchParameters.of(type);
        if (query.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        var read = Pattern.compile("&")
                .splitAsStream(query)
                .map(FORM::matcher)
                .map(matcher -> matcher.matches() && known.contains(matcher.group(1))
                        ? Optional.of(new Parameter(matcher.group(1), matcher.group(2)))
                        : Optional.<Parameter>empty())
                .toList();
        boolean understood = read.size() <= MOST_PARAMETERS
                && !query.endsWith("&")
                && read.stream().allMatch(Optional::isPresent);
        return understood
                ? Optional.of(new ScopeConstraint(
                        read.stream().flatMap(Optional::stream).toList()))
                : Optional.empty();
    }

    /** What this and another are limited to at once. */
    ScopeConstraint and(ScopeConstraint other) {
        return new ScopeConstraint(
                Stream.concat(parameters.stream(), other.parameters.stream()).toList());
    }

    /** As a scope and a search write it, in one order. */
    public String text() {
        return parameters.stream().map(Parameter::text).collect(Collectors.joining("&"));
    }
}
