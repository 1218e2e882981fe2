package org.rapport.policy;

import java.util.Optional;

/**
 * A policy as resources name it: by its URI alone, or in the form of a canonical, {@code uri|version}.
 *
 * @param uri without a version
 * @param version empty when none is named
 * @see <a href="https://hl7.org/fhir/R4/references.html#canonical">FHIR R4 canonical references</a>
 */
public record PolicyName(String uri, Optional<String> version) {

    private static final char BAR = '|';

    /** Reads what a resource says; nothing after the bar is no version. */
    public static PolicyName of(String text) {
        int bar = text.lastIndexOf(BAR);
        return bar < 0
                ? new PolicyName(text, Optional.empty())
                : new PolicyName(
                        text.substring(0, bar),
                        Optional.of(text.substring(bar + 1)).filter(version -> !version.isEmpty()));
    }

    /** The form of a canonical. */
    @Override
    public String toString() {
        return uri + version.map(named -> BAR + named).orElse("");
    }
}
