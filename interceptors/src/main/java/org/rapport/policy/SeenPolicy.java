package org.rapport.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.rapport.policy.PublishedVersion.Wording;

/** What somebody who consents under a policy has seen of it. */
public sealed interface SeenPolicy {

    /**
     * A published version.
     *
     * @param version what was seen
     * @param texts in the language of the consent, or in all languages when that does not tell
     */
    record Text(PublishedVersion version, List<Wording> texts) implements SeenPolicy {

        /** Keeps its own copy of the texts. */
        public Text {
            texts = List.copyOf(texts);
        }
    }

    /**
     * No text of ours: the policy has none, or none that was in force by then.
     *
     * @param name as the consent has it
     */
    record NoText(PolicyName name) implements SeenPolicy {}

    /**
     * The version that the consent names was never published, though others were.
     *
     * @param name as the consent has it
     * @param published the versions there are
     */
    record UnknownVersion(PolicyName name, List<String> published) implements SeenPolicy {

        /** Keeps its own copy. */
        public UnknownVersion {
            published = List.copyOf(published);
        }
    }

    /**
     * What was seen of a policy: the version that is named, else the one in force.
     *
     * @param name as the consent has it
     * @param history what was published of the policy
     * @param moment when the consent was given or changed
     * @param language of the consent, a tag of BCP 47; empty when it does not tell
     */
    static SeenPolicy of(PolicyName name, PolicyHistory history, Instant moment, Optional<String> language) {
        if (history.versions().isEmpty()) {
            return new NoText(name);
        }
        var found = history.find(name.version(), moment);
        if (found.isEmpty() && name.version().isPresent()) {
            return new UnknownVersion(
                    name,
                    history.versions().stream()
                            .flatMap(published -> published.name().version().stream())
                            .toList());
        }
        return found.<SeenPolicy>map(version -> new Text(version, in(language, version.texts())))
                .orElseGet(() -> new NoText(name));
    }

    private static List<Wording> in(Optional<String> language, List<Wording> texts) {
        var matching = language.flatMap(wanted -> Languages.best(wanted, texts, Wording::language));
        return matching.map(List::of).orElse(texts);
    }
}
