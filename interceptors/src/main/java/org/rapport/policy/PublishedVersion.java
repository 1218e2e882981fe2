package org.rapport.policy;

import java.time.Instant;
import java.util.List;

/**
 * A version of a policy that was published.
 *
 * @param name with its version
 * @param effective from when on it is in force
 * @param texts in order of their languages
 */
public record PublishedVersion(PolicyName name, Instant effective, List<Wording> texts) {

    /** Keeps its own copy of the texts. */
    public PublishedVersion {
        texts = List.copyOf(texts);
    }

    /**
     * A text as it is told of elsewhere.
     *
     * @param language a tag of BCP 47
     * @param title for people
     * @param sha256 hash of the content
     */
    public record Wording(String language, String title, String sha256) {}
}
