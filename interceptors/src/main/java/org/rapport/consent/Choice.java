package org.rapport.consent;

import java.util.Set;
import java.util.function.Predicate;

/**
 * The repeats of one element of a rule, of which any may be met.
 *
 * @param known what the rule names and we understand
 * @param unknown whether it names something besides that we do not understand or cannot resolve
 */
public record Choice<T>(Set<T> known, boolean unknown) {

    /** Keeps its own copy. */
    public Choice {
        known = Set.copyOf(known);
    }

    /** The rule does not state this element. */
    public static <T> Choice<T> unstated() {
        return new Choice<>(Set.of(), false);
    }

    boolean stated() {
        return unknown || !known.isEmpty();
    }

    Truth met(Predicate<T> condition) {
        return stated() ? metByAny(condition) : Truth.YES;
    }

    private Truth metByAny(Predicate<T> condition) {
        return Truth.of(known.stream().anyMatch(condition)).or(unknown ? Truth.UNKNOWN : Truth.NO);
    }
}
