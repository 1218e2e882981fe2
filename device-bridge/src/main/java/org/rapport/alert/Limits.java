package org.rapport.alert;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.rapport.mapping.Measure;

/**
 * What lies outside of these is critical; the limits themselves are not.
 *
 * @param low empty when nothing is too low
 * @param high empty when nothing is too high
 */
public record Limits(Optional<BigDecimal> low, Optional<BigDecimal> high) {

    /** The limits of a range in the measure's unit; empty when it has none, or only ones in units of another kind. */
    static Optional<Limits> of(Range range, Measure measure) {
        var limits = new Limits(limit(range.getLow(), measure), limit(range.getHigh(), measure));
        return limits.low().isEmpty() && limits.high().isEmpty() ? Optional.empty() : Optional.of(limits);
    }

    private static Optional<BigDecimal> limit(Quantity quantity, Measure measure) {
        if (!quantity.hasValue()) {
            return Optional.empty();
        }
        var unit = quantity.hasCode() ? quantity.getCode() : quantity.getUnit();
        return unit == null ? Optional.of(quantity.getValue()) : measure.inOwnUnit(quantity.getValue(), unit);
    }

    /** What is within both. */
    Limits and(Limits other) {
        return new Limits(stricter(low, other.low, BigDecimal::max), stricter(high, other.high, BigDecimal::min));
    }

    private static Optional<BigDecimal> stricter(
            Optional<BigDecimal> one, Optional<BigDecimal> other, BinaryOperator<BigDecimal> choice) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(choice.apply(one.get(), other.get()))
                : one.or(() -> other);
    }

    /** Where a value lies. */
    Standing judge(BigDecimal value) {
        if (low.filter(limit -> value.compareTo(limit) < 0).isPresent()) {
            return Standing.CRITICALLY_LOW;
        }
        return high.filter(limit -> value.compareTo(limit) > 0).isPresent()
                ? Standing.CRITICALLY_HIGH
                : Standing.WITHIN;
    }
}
