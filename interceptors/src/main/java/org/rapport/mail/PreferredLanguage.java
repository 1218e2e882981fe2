package org.rapport.mail;

import java.util.Locale;
import java.util.Optional;

/** Knows in which language somebody wants to be written to. */
@FunctionalInterface
public interface PreferredLanguage {

    /**
     * The language that the person's resource prefers.
     *
     * @param reference relative, such as {@code Patient/alice}
     * @return empty when the resource does not say, or is not there
     */
    Optional<Locale> of(String reference);
}
