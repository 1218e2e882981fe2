package org.rapport.mapping;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of quantity: the UCUM unit in which it is stored, and the units in which devices send it.
 *
 * @see <a href="https://ucum.org/ucum">UCUM</a>
 */
@SuppressWarnings("ImmutableEnumChecker") // its collections cannot be changed
enum Dimension {
    RATE(
            "/min",
            same("/min", "1/min", "bpm", "beats/min", "beats/minute", "count/min", "breaths/min", "breaths/minute")),
    FRACTION("%", same("%", "percent", "pct")),
    PRESSURE("mm[Hg]", same("mm[Hg]", "mmHg"), by(Conversion.factor("7.50061683", 0, -1), "kPa")),
    TEMPERATURE(
            "Cel",
            same("Cel", "degC", "°C", "C", "celsius"),
            by(Conversion.fahrenheit(), "[degF]", "degF", "°F", "F", "fahrenheit")),
    MASS(
            "kg",
            same("kg"),
            by(Conversion.factor("0.001", 0, 3), "g"),
            by(Conversion.factor("0.45359237", 2, 0), "[lb_av]", "lb", "lbs"),
            by(Conversion.factor("6.35029318", 2, 0), "[stone_av]", "st", "stone")),
    /** Molar units too, by the molar mass of glucose, 180.156 g/mol. */
    GLUCOSE("mg/dL", same("mg/dL"), by(Conversion.factor("18.0156", 0, -1), "mmol/L")),
    STEPS("{steps}", same("{steps}", "steps", "step", "count"));

    private final String ucum;
    private final Map<String, Conversion> conversions;

    Dimension(String ucum, Sent... sent) {
        this.ucum = ucum;
        var byName = new HashMap<String, Conversion>();
        for (var units : sent) {
            units.names().forEach(name -> byName.put(key(name), units.conversion()));
        }
        this.conversions = Map.copyOf(byName);
    }

    String ucum() {
        return ucum;
    }

    /** The value in {@link #ucum()}; empty when it was sent in a unit of another kind or in none we know. */
    Optional<BigDecimal> convert(BigDecimal value, String unit) {
        return Optional.ofNullable(conversions.get(key(unit))).map(conversion -> conversion.apply(value));
    }

    private static String key(String unit) {
        return unit.strip().toLowerCase(Locale.ROOT);
    }

    private record Sent(Conversion conversion, List<String> names) {}

    private static Sent same(String... names) {
        return by(Conversion.NONE, names);
    }

    private static Sent by(Conversion conversion, String... names) {
        return new Sent(conversion, List.of(names));
    }

    /**
     * Turns a value in one unit into the value in another: {@code (value - zero) * factor}.
     *
     * @param zero what is subtracted first
     * @param factor what it is multiplied by then
     * @param digits the fewest digits that are kept after the decimal point
     * @param shift how many more digits than the value has are kept; negative for fewer
     */
    private record Conversion(BigDecimal zero, BigDecimal factor, int digits, int shift) {

        /** Keeps the value as it is, with each of its digits. */
        static final Conversion NONE = new Conversion(BigDecimal.ZERO, BigDecimal.ONE, 0, 0);

        static Conversion factor(String factor, int digits, int shift) {
            return new Conversion(BigDecimal.ZERO, new BigDecimal(factor), digits, shift);
        }

        static Conversion fahrenheit() {
            var factor = new BigDecimal(5).divide(new BigDecimal(9), MathContext.DECIMAL128);
            return new Conversion(new BigDecimal(32), factor, 1, 0);
        }

        BigDecimal apply(BigDecimal value) {
            return equals(NONE)
                    ? value
                    : value.subtract(zero)
                            .multiply(factor)
                            .setScale(Math.max(digits, value.scale() + shift), RoundingMode.HALF_EVEN);
        }
    }
}
