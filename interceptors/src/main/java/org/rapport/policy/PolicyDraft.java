package org.rapport.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A version of a policy that somebody wants to publish.
 *
 * @param uri of the policy, without a version
 * @param version as its publisher calls it, such as {@code 2} or {@code 2026-11}
 * @param effective from when on it is in force; empty for now, or for what was said when it was published first
 * @param texts one for each language
 */
public record PolicyDraft(String uri, String version, Optional<Instant> effective, List<PolicyText> texts) {

    /** The most characters that a text may have. */
    public static final int LONGEST = 100_000;

    private static final int LONGEST_URI = 255;
    private static final int LONGEST_TITLE = 200;
    private static final int MOST_TEXTS = 50;
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+_-]{0,63}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
    private static final Set<String> TYPES = Set.of("text/plain", "text/markdown");
    private static final Pattern HTML = Pattern.compile("<[A-Za-z/!?]");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\r\\t]]|\\p{Cs}");

    /** Keeps its own copy of the texts. */
    public PolicyDraft {
        texts = List.copyOf(texts);
    }

    /** What keeps it from being published, and what to do about it; empty when nothing does. */
    public Optional<String> fault() {
        if (!isUri()) {
            return Optional.of("uri must be an absolute URI of at most " + LONGEST_URI
                    + " characters without a version; send the version as version");
        }
        if (!VERSION.matcher(version).matches()) {
            return Optional.of("version must have 1 to 64 letters, digits, dots, hyphens, underscores and plus signs,"
                    + " and begin with a letter or digit");
        }
        if (texts.isEmpty() || texts.size() > MOST_TEXTS) {
            return Optional.of("Send 1 to " + MOST_TEXTS + " parameters named text, one for each language");
        }
        var languages = new HashSet<String>();
        return Stream.concat(
                        texts.stream().flatMap(text -> fault(text).stream()),
                        texts.stream()
                                .filter(text -> !languages.add(text.language()))
                                .map(text -> "Send one text for each language"))
                .findFirst();
    }

    private boolean isUri() {
        try {
            return uri.length() <= LONGEST_URI && uri.indexOf('|') < 0 && new URI(uri).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<String> fault(PolicyText text) {
        if (!LANGUAGE.matcher(text.language()).matches()) {
            return Optional.of("language of a text must be a tag of BCP 47 such as de or pt-BR");
        }
        if (text.title().isBlank() || text.title().length() > LONGEST_TITLE || isUnfit(text.title())) {
            return Optional.of("title of a text must have 1 to " + LONGEST_TITLE + " characters and no HTML");
        }
        if (!TYPES.contains(text.contentType())) {
            return Optional.of("contentType of a text must be text/plain or text/markdown");
        }
        if (text.content().isBlank() || text.content().length() > LONGEST) {
            return Optional.of("content of a text must have 1 to " + LONGEST + " characters");
        }
        return isUnfit(text.content())
                ? Optional.of(
                        "content of a text must hold no HTML and no control characters; write plain text or Markdown")
                : Optional.empty();
    }

    private static boolean isUnfit(String text) {
        return HTML.matcher(text).find() || CONTROL.matcher(text).find();
    }
}
