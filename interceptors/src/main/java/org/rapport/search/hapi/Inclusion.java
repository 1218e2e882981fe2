package org.rapport.search.hapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One {@code _include} or {@code _revinclude} of a search.
 *
 * @param reverse whether it takes what refers to the found, rather than what they refer to
 * @param again whether it is asked of what was included too
 * @param type of the resources that refer
 * @param parameter the reference they do it by
 * @param target type of what is referred to; empty for every type
 */
public record Inclusion(boolean reverse, boolean again, String type, String parameter, Optional<String> target) {

    /** How many a search may have. */
    static final int MOST = 10;

    private static final Pattern NAME = Pattern.compile("_(rev)?include(:iterate|:recurse)?");
    private static final Pattern VALUE =
            Pattern.compile("([A-Z][A-Za-z]{1,63}):([a-z][a-z-]{0,63})(?::([A-Z][A-Za-z]{1,63}))?");

    /** Whether a parameter of that name includes resources. */
    public static boolean isNamed(String name) {
        return name.startsWith("_include") || name.startsWith("_revinclude");
    }

    /** What a parameter includes; empty when it does not say so plainly, as {@code *} does not. */
    static Optional<Inclusion> parse(String name, String value) {
        var how = NAME.matcher(name);
        var what = VALUE.matcher(value);
        return how.matches() && what.matches()
                ? Optional.of(new Inclusion(
                        how.group(1) != null,
                        how.group(2) != null,
                        what.group(1),
                        what.group(2),
                        Optional.ofNullable(what.group(3))))
                : Optional.empty();
    }

    /** All that a search includes. */
    public static List<Inclusion> of(Map<String, String[]> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> isNamed(parameter.getKey()))
                .flatMap(parameter ->
                        Stream.of(parameter.getValue()).flatMap(value -> parse(parameter.getKey(), value).stream()))
                .toList();
    }
}
