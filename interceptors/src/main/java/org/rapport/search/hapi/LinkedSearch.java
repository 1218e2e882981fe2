package org.rapport.search.hapi;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Answers what a search asks of other resources than it finds, in the caller's view: each step of a chain or of {@code _has}
 * is a search of its own, narrowed and judged like any other, and what is left of it takes the place of the step. So a
 * resource that the caller may not see changes no answer.
 *
 * @see <a href="https://github.com/hapifhir/hapi-fhir/issues/6065">HAPI 6065, what happens otherwise</a>
 */
public final class LinkedSearch {

    /** How many resources one step may find. */
    static final int MOST_FOUND = 1_000;

    private static final int MOST_STEPS = 8;
    private static final String HAS = "_has:";
    private static final String LIST = "_list";

    private final CallerAccess access;
    private final Source source;
    private int steps;

    private LinkedSearch(CallerAccess access, Source source) {
        this.access = access;
        this.source = source;
    }

    /**
     * What steps are answered with.
     *
     * @param links where parameters lead
     * @param stored finds resources
     */
    public record Source(SearchLinks links, StoredQuestions stored) {

        MaskedQuestions masked() {
            return new MaskedQuestions(links.registry());
        }

        /** The parameters without steps; a caller from whom nothing is hidden keeps them. */
        public List<Map.Entry<String, String>> answered(
                CallerAccess access, String type, List<Map.Entry<String, String>> asked) {
            masked().check(access, type, asked);
            return access.caller().readsEverything() || asked.stream().noneMatch(one -> follows(one.getKey()))
                    ? asked
                    : new LinkedSearch(access, this).answered(type, asked);
        }

        /**
         * What of a type a caller finds and may read.
         *
         * @throws FailureException 403 without the right to search and read the type or for a question that could tell more,
         *     400 for one that is none
         */
        public List<Resource> found(CallerAccess access, String type, List<Map.Entry<String, String>> asked) {
            var action = Action.on(Interaction.SEARCH, type);
            access.require(action);
            access.require(Action.on(Interaction.READ, type));
            SearchGate.check(access, action, Questions.map(asked));
            if (!asked.stream().allMatch(one -> follows(one.getKey()) || links.knows(type, base(one.getKey())))) {
                throw new FailureException(Failure.invalid("A condition has a parameter that finds no " + type));
            }
            masked().check(access, type, asked);
            return new LinkedSearch(access, this).matches(type, asked);
        }
    }

    /** Whether a parameter asks something of another resource than those it finds. */
    static boolean follows(String parameter) {
        return spelt(parameter).startsWith(HAS) || parameter.indexOf('.') >= 0;
    }

    /** A parameter as it is meant: what is asked of lists is asked of that which refers to a resource. */
    static String spelt(String parameter) {
        return parameter.equals(LIST) ? HAS + "List:item:_id" : parameter;
    }

    private List<Map.Entry<String, String>> answered(String type, List<Map.Entry<String, String>> asked) {
        var answered = new ArrayList<Map.Entry<String, String>>();
        for (var parameter : asked) {
            var name = spelt(parameter.getKey());
            answered.add(
                    !follows(name)
                            ? parameter
                            : name.startsWith(HAS)
                                    ? referred(type, name, parameter.getValue())
                                    : referring(type, name, parameter.getValue()));
        }
        return answered;
    }

    /** A chain: what the resources refer to must match. They are named in an order that tells nothing of what else is stored. */
    private Map.Entry<String, String> referring(String type, String name, String value) {
        int dot = name.indexOf('.');
        var head = name.substring(0, dot).split(":", -1);
        var rest = name.substring(dot + 1);
        var targets = source.links().targets(type, head[0]).orElseThrow(access::denied);
        var candidates = head.length > 1
                ? Stream.of(head[1]).filter(named -> targets.isEmpty() || targets.contains(named))
                : targets.stream().sorted().filter(target -> source.links().knows(target, base(rest)));
        var found = open(candidates.toList()).stream()
                .flatMap(target -> visible(target, rest, value).stream()
                        .map(resource -> target + "/" + resource.getIdElement().getIdPart()))
                .sorted()
                .toList();
        return found.isEmpty() ? nobody() : Map.entry(head[0], String.join(",", found));
    }

    /** {@code _has}: what refers to the resources must match. */
    private Map.Entry<String, String> referred(String type, String name, String value) {
        var parts = name.split(":", 4);
        if (parts.length < 4) {
            throw access.denied();
        }
        var targets = source.links().targets(parts[1], parts[2]).orElseThrow(access::denied);
        if (!targets.isEmpty() && !targets.contains(type)) {
            throw access.denied();
        }
        open(List.of(parts[1]));
        var prefix = type + "/";
        var ids = visible(parts[1], parts[3], value).stream()
                .flatMap(resource -> source.links().references(resource, parts[2]).stream())
                .filter(reference -> reference.startsWith(prefix))
                .map(reference -> reference.substring(prefix.length()))
                .distinct()
                .sorted()
                .collect(joining(","));
        return ids.isEmpty() ? nobody() : Map.entry("_id", ids);
    }

    /** Those types of which the caller may search and read something; there must be one. */
    private List<String> open(List<String> candidates) {
        var open = candidates.stream()
                .filter(type ->
                        Stream.of(Interaction.SEARCH, Interaction.READ).allMatch(kind -> access.reaches(kind, type)))
                .toList();
        if (open.isEmpty()) {
            candidates.stream().findFirst().ifPresent(type -> {
                access.require(Action.on(Interaction.SEARCH, type));
                access.require(Action.on(Interaction.READ, type));
            });
            throw access.denied();
        }
        return open;
    }

    private List<Resource> visible(String type, String name, String value) {
        steps++;
        if (steps > MOST_STEPS) {
            throw tooCostly();
        }
        source.masked().check(access, type, List.of(Map.entry(name, value)));
        if (!follows(name)) {
            if (!source.links().knows(type, base(name))) {
                throw access.denied();
            }
            SearchGate.checkSearch(access, name, new String[] {value});
        }
        return matches(type, List.of(Map.entry(name, value)));
    }

    private List<Resource> matches(String type, List<Map.Entry<String, String>> asked) {
        var question = Stream.concat(
                        answered(type, asked).stream(),
                        SearchNarrowing.of(access, Action.on(Interaction.SEARCH, type)).stream())
                .toList();
        var found = source.stored().find(type, question, MOST_FOUND + 1);
        if (found.size() > MOST_FOUND) {
            throw tooCostly();
        }
        access.prepare(found.stream());
        return found.stream()
                .filter(resource -> access.may(Interaction.SEARCH, resource) && access.may(Interaction.READ, resource))
                .toList();
    }

    /** The name of a parameter without modifier and chain. */
    private static String base(String name) {
        if (spelt(name).startsWith(HAS)) {
            return "_id";
        }
        return name.split("[.:]", 2)[0];
    }

    private static Map.Entry<String, String> nobody() {
        return Map.entry("_id", SearchNarrowing.NOBODY);
    }

    private static FailureException tooCostly() {
        return new FailureException(Failure.of(400, "too-costly", "A step of the search finds too much; ask for less"));
    }
}
