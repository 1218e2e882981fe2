package org.rapport.failure.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of HAPI's own messages what helps the caller: names of parameters and types stay, values, codes and class names
 * go. A message about a body goes altogether, since there is no telling which of its words came from the body.
 */
final class Diagnostics {

    private static final int LONGEST = 500;
    private static final Pattern HAPI_CODE = Pattern.compile("HAPI-\\d+: ?");
    private static final Pattern MODIFIER = Pattern.compile(":.*");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final Pattern INSIDE = Pattern.compile(
            "\\b[a-z][a-z0-9]*(\\.[a-z][a-z0-9_]*)+\\.[A-Z]|Exception|\\bat [a-z]+\\.|(?i)\\bselect\\b.*\\bfrom\\b");

    private Diagnostics() {}

    /** What may be said; empty when nothing of it may. */
    static Optional<String> cleaned(RequestDetails request, @Nullable String message) {
        if (message == null
                || message.length() > LONGEST
                || INSIDE.matcher(message).find()) {
            return Optional.empty();
        }
        var names = request.getParameters().keySet().stream()
                .map(name -> MODIFIER.matcher(name).replaceFirst(""))
                .collect(Collectors.toSet());
        var text = QUOTED.matcher(HAPI_CODE.matcher(message).replaceAll(""))
                .replaceAll(found -> quoted(found, names, request.getResourceName()));
        return Optional.of(withoutValues(request, text)).filter(cleaned -> !cleaned.isBlank());
    }

    /** Names an exception for the log: its type and HAPI's number for the place, nothing of the data. */
    static String code(Throwable exception) {
        var message = exception.getMessage();
        var code = message == null
                ? ""
                : HAPI_CODE.matcher(message).results().map(MatchResult::group).collect(Collectors.joining());
        return exception.getClass().getSimpleName() + " " + code;
    }

    private static String quoted(MatchResult found, Set<String> names, @Nullable String type) {
        var word = found.group(1) == null ? found.group(2) : found.group(1);
        return names.contains(word) || word.equals(type) ? "'" + Matcher.quoteReplacement(word) + "'" : "'…'";
    }

    private static String withoutValues(RequestDetails request, String text) {
        var cleaned = text;
        for (var values : request.getParameters().values()) {
            for (var value : values) {
                if (value != null && !value.isBlank()) {
                    cleaned = cleaned.replace(value, "…");
                }
            }
        }
        return cleaned;
    }
}
