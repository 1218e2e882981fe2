package org.rapport.consent;

import java.util.stream.Stream;

/** Whether a condition holds, as far as it can be told. */
enum Truth {
    NO,
    UNKNOWN,
    YES;

    static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    /** All must hold: one that does not is enough, whatever the others are. */
    static Truth all(Stream<Truth> conditions) {
        return conditions.reduce(YES, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    Truth or(Truth other) {
        return compareTo(other) > 0 ? this : other;
    }

    /** What cannot be told counts against the use: it fulfils a rule that denies and does not fulfil one that permits. */
    boolean fulfils(Effect effect) {
        return this == YES || (this == UNKNOWN && effect == Effect.DENY);
    }
}
