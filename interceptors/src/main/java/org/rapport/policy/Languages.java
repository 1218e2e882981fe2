package org.rapport.policy;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses among texts by language.
 *
 * <p>A wish for {@code de-AT} finds {@code de}; a wish for {@code de} finds {@code de-AT} where there is no {@code de}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4647">RFC 4647, lookup before filtering</a>
 */
public final class Languages {

    /** More than people and browsers ask for; what it takes to read ranges grows with the square of their number. */
    private static final int LONGEST = 200;

    private Languages() {}

    /**
     * The text that fits best.
     *
     * @param wanted ranges as in {@code Accept-Language}
     * @param language the tag of a text
     * @return empty when none fits, or when what is wanted cannot be read or has more than 200 characters
     */
    public static <T> Optional<T> best(String wanted, Collection<T> texts, Function<T, String> language) {
        if (wanted.length() > LONGEST) {
            return Optional.empty();
        }
        List<LanguageRange> ranges;
        try {
            ranges = LanguageRange.parse(wanted);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var tags = texts.stream().map(language).toList();
        return Optional.ofNullable(Locale.lookupTag(ranges, tags))
                .or(() -> Locale.filterTags(ranges, tags).stream().findFirst())
                .flatMap(found -> texts.stream()
                        .filter(text -> language.apply(text).equalsIgnoreCase(found))
                        .findFirst());
    }
}
