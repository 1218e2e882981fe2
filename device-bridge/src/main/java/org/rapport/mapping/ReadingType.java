package org.rapport.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;

/** What a device can publish without any mapping of its own: the catalogue of plain readings. */
@SuppressWarnings("ImmutableEnumChecker") // its collections cannot be changed
public enum ReadingType {
    /** Heart rate. */
    HEART_RATE("heart-rate", Category.VITAL_SIGNS, Measure.HEART_RATE),
    /** Heart rate at rest. */
    RESTING_HEART_RATE("resting-heart-rate", Category.VITAL_SIGNS, Measure.RESTING_HEART_RATE),
    /** Oxygen saturation by pulse oximetry. */
    OXYGEN_SATURATION("oxygen-saturation", Category.VITAL_SIGNS, Measure.OXYGEN_SATURATION),
    /** Systolic and diastolic pressure. */
    BLOOD_PRESSURE(
            "blood-pressure",
            Category.VITAL_SIGNS,
            List.of(
                    Code.loinc("85354-9", "Blood pressure panel with all children optional"),
                    Code.mdc("150020", "MDC_PRESS_BLD_NONINV")),
            List.of(new Field("systolic", Measure.SYSTOLIC), new Field("diastolic", Measure.DIASTOLIC))),
    /** Temperature of the body. */
    BODY_TEMPERATURE("body-temperature", Category.VITAL_SIGNS, Measure.BODY_TEMPERATURE),
    /** Weight of the body. */
    BODY_WEIGHT("body-weight", Category.VITAL_SIGNS, Measure.BODY_WEIGHT),
    /** Glucose by a meter. */
    GLUCOSE("glucose", Category.LABORATORY, Measure.GLUCOSE),
    /** Glucose by a continuous monitor. */
    INTERSTITIAL_GLUCOSE("interstitial-glucose", Category.LABORATORY, Measure.INTERSTITIAL_GLUCOSE),
    /** Breaths. */
    RESPIRATORY_RATE("respiratory-rate", Category.VITAL_SIGNS, Measure.RESPIRATORY_RATE),
    /** Steps. */
    STEPS("steps", Category.ACTIVITY, Measure.STEPS);

    private final String topic;
    private final Code category;
    private final List<Code> panel;
    private final List<Field> fields;

    ReadingType(String topic, Category category, Measure measure) {
        this(topic, category, List.of(), List.of(new Field("value", measure)));
    }

    ReadingType(String topic, Category category, List<Code> panel, List<Field> fields) {
        this.topic = topic;
        this.category = category.code;
        this.panel = panel;
        this.fields = fields;
    }

    /** The type that a topic names. */
    static Optional<ReadingType> of(String topic) {
        return Arrays.stream(values()).filter(type -> type.topic.equals(topic)).findFirst();
    }

    /** The last level of the topics it is published on. */
    public String topic() {
        return topic;
    }

    /** What its payload holds. */
    List<Field> fields() {
        return fields;
    }

    /** Whether its Observation has a component for each measure instead of one value. */
    boolean isPanel() {
        return !panel.isEmpty();
    }

    /** The LOINC code of its Observation. */
    public String loincCode() {
        return isPanel() ? panel.get(0).code() : single().loincCode();
    }

    CodeableConcept concept() {
        return isPanel() ? Measure.concept(panel) : single().concept();
    }

    CodeableConcept category() {
        return new CodeableConcept().addCoding(category.coding());
    }

    private Measure single() {
        return fields.get(0).measure();
    }

    /** A number in the payload. */
    record Field(String name, Measure measure) {}

    private enum Category {
        VITAL_SIGNS("vital-signs", "Vital Signs"),
        LABORATORY("laboratory", "Laboratory"),
        ACTIVITY("activity", "Activity");

        private final Code code;

        Category(String code, String display) {
            this.code = Code.category(code, display);
        }
    }
}
