package org.rapport.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.rapport.mapping.Reading;

/**
 * What the critical limits say of a reading.
 *
 * @param breaches what lies outside of its limits, each in a sentence; empty when nothing does
 */
public record Judgement(List<String> breaches) {

    private static final String CATEGORY = "http://hl7.org/fhir/observation-range-category";

    /** Keeps its own copy of the list. */
    public Judgement {
        breaches = List.copyOf(breaches);
    }

    /** Whether anything is critical. */
    public boolean isCritical() {
        return !breaches.isEmpty();
    }

    /** All breaches in one text. */
    public String text() {
        return breaches.stream().collect(Collectors.joining(" "));
    }

    /**
     * Judges a reading, and freezes the limits that were applied into its Observation.
     *
     * @param observation of the reading, not stored yet
     */
    public static Judgement of(Reading reading, Observation observation, LimitSources sources) {
        var breaches = new ArrayList<String>();
        for (int i = 0; i < reading.values().size(); i++) {
            var part = i;
            var value = reading.values().get(i);
            sources.of(value.measure(), reading.at()).ifPresent(limits -> {
                var standing = limits.judge(value.value());
                freeze(observation, part, range(value, limits), standing);
                if (standing.isCritical()) {
                    breaches.add(sentence(value, limits, standing));
                }
            });
        }
        return new Judgement(breaches);
    }

    private static void freeze(
            Observation observation, int part, ObservationReferenceRangeComponent range, Standing standing) {
        if (observation.hasComponent()) {
            var component = observation.getComponent().get(part);
            component.addReferenceRange(range);
            component.addInterpretation(standing.concept());
        } else {
            observation.addReferenceRange(range);
            observation.addInterpretation(standing.concept());
        }
    }

    private static ObservationReferenceRangeComponent range(Reading.Value value, Limits limits) {
        var range = new ObservationReferenceRangeComponent()
                .setType(new CodeableConcept()
                        .addCoding(new Coding(CATEGORY, "critical", "critical range"))
                        .setText("Outside of it is critical"));
        limits.low().map(value.measure()::quantity).ifPresent(range::setLow);
        limits.high().map(value.measure()::quantity).ifPresent(range::setHigh);
        return range;
    }

    private static String sentence(Reading.Value value, Limits limits, Standing standing) {
        var measure = value.measure();
        boolean low = standing == Standing.CRITICALLY_LOW;
        var limit = (low ? limits.low() : limits.high()).orElseThrow();
        return "%s %s %s is %s the critical limit of %s."
                .formatted(
                        measure.concept().getText(),
                        value.value().toPlainString(),
                        measure.unit(),
                        low ? "below" : "above",
                        limit.toPlainString());
    }
}
