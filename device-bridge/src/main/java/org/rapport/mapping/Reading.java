package org.rapport.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a device has measured at one moment.
 *
 * @param type of the catalogue
 * @param timestamp when it was measured, with its offset, as it was sent
 * @param at the same moment
 * @param values in the units of their measures; one, or those of a panel
 * @param patient id of the patient whom the payload names; it decides nothing but must not be another one's
 */
public record Reading(ReadingType type, String timestamp, Instant at, List<Value> values, Optional<String> patient) {

    /** Keeps its own copy of the values. */
    public Reading {
        values = List.copyOf(values);
    }

    /**
     * A measured value.
     *
     * @param measure what was measured
     * @param value in the measure's unit, with as many digits as were measured
     */
    public record Value(Measure measure, BigDecimal value) {}
}
