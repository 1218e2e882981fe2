package org.rapport.mapping;

import static org.rapport.mapping.Code.loinc;
import static org.rapport.mapping.Code.mdc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Quantity;

/** A quantity that devices measure, with the codes it is known by and the values that are possible at all. */
@SuppressWarnings("ImmutableEnumChecker") // its collections cannot be changed
public enum Measure {
    /** Beats of the heart. */
    HEART_RATE(Dimension.RATE, "20", "300", loinc("8867-4", "Heart rate"), mdc("149546", "MDC_PULS_RATE_NON_INV")),
    /** Beats of the heart at rest. */
    RESTING_HEART_RATE(Dimension.RATE, "20", "200", loinc("40443-4", "Heart rate --resting")),
    /** Oxygen saturation by pulse oximetry; the second code is the one that R4's vital signs ask for. */
    OXYGEN_SATURATION(
            Dimension.FRACTION,
            "50",
            "100",
            loinc("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"),
            loinc("2708-6", "Oxygen saturation in Arterial blood"),
            mdc("150456", "MDC_PULS_OXIM_SAT_O2")),
    /** The upper pressure. */
    SYSTOLIC(
            Dimension.PRESSURE,
            "40",
            "300",
            loinc("8480-6", "Systolic blood pressure"),
            mdc("150021", "MDC_PRESS_BLD_NONINV_SYS")),
    /** The lower pressure. */
    DIASTOLIC(
            Dimension.PRESSURE,
            "20",
            "200",
            loinc("8462-4", "Diastolic blood pressure"),
            mdc("150022", "MDC_PRESS_BLD_NONINV_DIA")),
    /** Temperature of the body, wherever it was taken. */
    BODY_TEMPERATURE(
            Dimension.TEMPERATURE, "30", "45", loinc("8310-5", "Body temperature"), mdc("150364", "MDC_TEMP_BODY")),
    /** Weight of the body. */
    BODY_WEIGHT(Dimension.MASS, "0.5", "400", loinc("29463-7", "Body weight"), mdc("188736", "MDC_MASS_BODY_ACTUAL")),
    /** Glucose in capillary blood. */
    GLUCOSE(
            Dimension.GLUCOSE,
            "10",
            "1000",
            loinc("41653-7", "Glucose [Mass/volume] in Capillary blood by Glucometer"),
            mdc("160184", "MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD")),
    /** Glucose under the skin, as a continuous monitor tells it. */
    INTERSTITIAL_GLUCOSE(
            Dimension.GLUCOSE,
            "20",
            "600",
            loinc("99504-3", "Glucose [Mass/volume] in Interstitial fluid"),
            mdc("160212", "MDC_CONC_GLU_ISF")),
    /** Breaths. */
    RESPIRATORY_RATE(Dimension.RATE, "3", "80", loinc("9279-1", "Respiratory rate"), mdc("151562", "MDC_RESP_RATE")),
    /** Steps, counted since a time that the device knows. */
    STEPS(Dimension.STEPS, "0", "150000", loinc("55423-8", "Number of steps in unspecified time Pedometer"));

    private static final String UCUM = "http://unitsofmeasure.org";

    private final Dimension dimension;
    private final BigDecimal least;
    private final BigDecimal most;
    private final List<Code> codes;

    Measure(Dimension dimension, String least, String most, Code... codes) {
        this.dimension = dimension;
        this.least = new BigDecimal(least);
        this.most = new BigDecimal(most);
        this.codes = List.of(codes);
    }

    /** Its first LOINC code. */
    public String loincCode() {
        return codes.get(0).code();
    }

    /** The UCUM unit in which it is stored. */
    public String unit() {
        return dimension.ucum();
    }

    /** A value in our unit; empty when its own unit is not one of this measure. */
    public Optional<BigDecimal> inOwnUnit(BigDecimal value, String unit) {
        return dimension.convert(value, unit);
    }

    /** The quantity of a value in our unit. */
    public Quantity quantity(BigDecimal value) {
        return new Quantity().setValue(value).setUnit(unit()).setSystem(UCUM).setCode(unit());
    }

    /** All of its codes. */
    public CodeableConcept concept() {
        return concept(codes);
    }

    static CodeableConcept concept(List<Code> codes) {
        var concept = new CodeableConcept().setText(codes.get(0).display());
        codes.forEach(code -> concept.addCoding(code.coding()));
        return concept;
    }

    boolean isPossible(BigDecimal value) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /** What is possible, for people. */
    String range() {
        return least.toPlainString() + " to " + most.toPlainString() + " " + unit();
    }
}
