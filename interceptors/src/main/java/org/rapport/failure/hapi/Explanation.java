package org.rapport.failure.hapi;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rapport.failure.Failure;

/**
 * What to say of the mistakes in a body that people make most, in words of our own: the names of elements may be in it,
 * the values never.
 */
final class Explanation {

    private static final String PATH = "([A-Za-z0-9.]{1,200}?)(\\.where\\b.*|\\.as\\b.*|$)";

    private static final Map<Pattern, Function<MatchResult, Failure>> KNOWN = Map.ofEntries(
            Map.entry(
                    Pattern.compile("^HAPI-1094: .*specified in path: " + PATH),
                    found -> Failure.of(
                            422, "processing", "The reference at " + found.group(1) + " names nothing that is stored")),
            Map.entry(
                    Pattern.compile("^HAPI-1091: "),
                    found -> Failure.of(412, "conflict", "A reference by search finds nothing")),
            Map.entry(
                    Pattern.compile("because at least one resource has a reference to this resource"),
                    found -> Failure.of(409, "conflict", "Other resources refer to this one; delete them first")),
            Map.entry(
                    Pattern.compile("\\[element=\"([A-Za-z]{1,64})\"\\] Invalid attribute value"),
                    found -> Failure.invalid("The element " + found.group(1) + " has a value that it cannot have")),
            Map.entry(
                    Pattern.compile("resource body must contain an ID element"),
                    found -> Failure.invalid("The resource needs the id that the address names")),
            Map.entry(
                    Pattern.compile("^HAPI-0450: HAPI-1814: "),
                    found -> Failure.invalid("The resource is not of the type that the address names")),
            Map.entry(
                    Pattern.compile("^HAPI-0527: "),
                    found -> Failure.invalid("The bundle is neither a batch nor a transaction")),
            Map.entry(
                    Pattern.compile("^HAPI-0929: "),
                    found -> Failure.invalid("The resource does not meet the condition it is sent with")),
            Map.entry(
                    Pattern.compile("^HAPI-0960: "),
                    found -> Failure.invalid("An id that the caller chooses needs a letter")),
            Map.entry(
                    Pattern.compile("^HAPI-0303: .* (POST|PUT|PATCH|DELETE) operation\\[[A-Za-z0-9/.\\-]+\\]"),
                    found -> Failure.of(405, "not-supported", "Not supported on this address")),
            Map.entry(
                    Pattern.compile("^HAPI-0303: .* operation\\[[A-Za-z0-9/.\\-]{0,200}\\$[A-Za-z0-9._\\-]{1,100}\\]"),
                    found -> Failure.NOT_FOUND));

    private Explanation() {}

    /** What to answer; empty for a message that is none of those. */
    static Optional<Failure> of(@Nullable String message) {
        return message == null
                ? Optional.empty()
                : KNOWN.entrySet().stream()
                        .flatMap(known -> known.getKey()
                                .matcher(message)
                                .results()
                                .map(known.getValue())
                                .limit(1))
                        .findFirst();
    }
}
