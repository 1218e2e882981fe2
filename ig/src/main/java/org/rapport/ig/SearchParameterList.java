package org.rapport.ig;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The base search parameters of R4 that the server keeps active; each one not named here is off.
 *
 * <p>The list and its reasons are in the resource {@code search-parameters.txt}.
 *
 * @param common the codes that are active on every resource type, such as {@code _id}
 * @param byType the further codes of a resource type; a type that is absent has the common ones only
 */
public record SearchParameterList(Set<String> common, Map<String, Set<String>> byType) {

    private static final String RESOURCE = "search-parameters.txt";
    private static final String EVERY_TYPE = "*";

    /** Copies what it is given in alphabetical order, so that equal lists also print alike. */
    public SearchParameterList {
        common = sorted(common);
        var types = new TreeMap<String, Set<String>>();
        byType.forEach((type, codes) -> types.put(type, sorted(codes)));
        byType = Collections.unmodifiableMap(types);
    }

    /** Reads the list that is part of this jar. */
    public static SearchParameterList load() {
        try (var in = Guide.open(RESOURCE);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(lines.lines());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE, e);
        }
    }

    static SearchParameterList parse(Stream<String> lines) {
        var byType = lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(SearchParameterList::split)
                .collect(toUnmodifiableMap(typeAndCodes -> typeAndCodes[0], typeAndCodes -> codes(typeAndCodes[1])));
        var common = byType.getOrDefault(EVERY_TYPE, Set.of());
        return new SearchParameterList(
                common,
                byType.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(EVERY_TYPE))
                        .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The active codes of a resource type, the common ones included, in alphabetical order. */
    public Set<String> of(String resourceType) {
        return Stream.concat(common.stream(), byType.getOrDefault(resourceType, Set.of()).stream())
                .collect(collectingAndThen(toSet(), SearchParameterList::sorted));
    }

    /** Whether the search parameter with this code is active on the resource type. */
    public boolean contains(String resourceType, String code) {
        return common.contains(code)
                || byType.getOrDefault(resourceType, Set.of()).contains(code);
    }

    private static Set<String> sorted(Collection<String> codes) {
        return Collections.unmodifiableSet(new TreeSet<>(codes));
    }

    private static String[] split(String line) {
        var typeAndCodes = line.split(":", 2);
        if (typeAndCodes.length != 2 || typeAndCodes[1].isBlank()) {
            throw new IllegalStateException(
                    RESOURCE + ": expected a line like \"Patient: birthdate, name\" but found \"" + line + "\".");
        }
        return typeAndCodes;
    }

    private static Set<String> codes(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).collect(toUnmodifiableSet());
    }
}
