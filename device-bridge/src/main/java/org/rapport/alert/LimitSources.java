package org.rapport.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.ObservationDefinition;
import org.hl7.fhir.r4.model.ObservationDefinition.ObservationDefinitionQualifiedIntervalComponent;
import org.hl7.fhir.r4.model.ObservationDefinition.ObservationRangeCategory;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Range;
import org.rapport.mapping.Measure;

/**
 * Where the critical limits of a patient stand: in the patient's active goals or, where none of them speaks of the
 * measure, in the definition for everybody of the same age and sex.
 *
 * @param patient whose limits they are
 * @param goals the patient's goals
 * @param definitions of what is measured
 */
public record LimitSources(Optional<Patient> patient, List<Goal> goals, List<ObservationDefinition> definitions) {

    private static final String LOINC = "http://loinc.org";

    /** Keeps its own copies of the lists. */
    public LimitSources {
        goals = List.copyOf(goals);
        definitions = List.copyOf(definitions);
    }

    /** The limits that hold at a moment; several apply together. */
    Optional<Limits> of(Measure measure, Instant moment) {
        return together(goalRanges(measure), measure).or(() -> together(definedRanges(measure, moment), measure));
    }

    private static Optional<Limits> together(Stream<Range> ranges, Measure measure) {
        return ranges.flatMap(range -> Limits.of(range, measure).stream()).reduce(Limits::and);
    }

    private Stream<Range> goalRanges(Measure measure) {
        return goals.stream()
                .filter(goal -> goal.getLifecycleStatus() == GoalLifecycleStatus.ACTIVE)
                .flatMap(goal -> goal.getTarget().stream())
                .filter(target -> names(target.getMeasure(), measure) && target.getDetail() instanceof Range)
                .map(target -> (Range) target.getDetail());
    }

    private Stream<Range> definedRanges(Measure measure, Instant moment) {
        return definitions.stream()
                .filter(definition -> names(definition.getCode(), measure))
                .flatMap(definition -> definition.getQualifiedInterval().stream())
                .filter(interval -> interval.getCategory() == ObservationRangeCategory.CRITICAL
                        || interval.getCategory() == ObservationRangeCategory.ABSOLUTE)
                .filter(interval -> appliesTo(interval, moment))
                .map(ObservationDefinitionQualifiedIntervalComponent::getRange);
    }

    private static boolean names(CodeableConcept concept, Measure measure) {
        return concept.hasCoding(LOINC, measure.loincCode());
    }

    private boolean appliesTo(ObservationDefinitionQualifiedIntervalComponent interval, Instant moment) {
        boolean sex = !interval.hasGender()
                || patient.filter(person -> person.getGender() == interval.getGender())
                        .isPresent();
        return sex
                && (!interval.hasAge()
                        || patient.filter(person -> Age.isWithin(interval.getAge(), person, moment))
                                .isPresent());
    }
}
