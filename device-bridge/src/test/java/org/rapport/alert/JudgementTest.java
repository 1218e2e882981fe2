package org.rapport.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.ObservationDefinition;
import org.hl7.fhir.r4.model.ObservationDefinition.ObservationRangeCategory;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.mapping.Measure;
import org.rapport.mapping.ObservationDraft;
import org.rapport.mapping.Reading;
import org.rapport.mapping.ReadingType;

class JudgementTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "HEART_RATE,        40,   LL",
        "HEART_RATE,        41,   N",
        "HEART_RATE,        130,  N",
        "HEART_RATE,        131,  HH",
        "OXYGEN_SATURATION, 91,   LL",
        "OXYGEN_SATURATION, 92,   N",
        "BODY_TEMPERATURE,  35.0, LL",
        "BODY_TEMPERATURE,  35.1, N",
        "BODY_TEMPERATURE,  39.0, N",
        "BODY_TEMPERATURE,  39.1, HH",
        "RESPIRATORY_RATE,  8,    LL",
        "RESPIRATORY_RATE,  9,    N",
        "RESPIRATORY_RATE,  24,   N",
        "RESPIRATORY_RATE,  25,   HH",
        "GLUCOSE,           53,   LL",
        "GLUCOSE,           54,   N",
    })
    void followsTheDefaultsForAdults(ReadingType type, String value, String interpretation) {
        var observation = judged(type, value, defaults(adult()));
        assertThat(codes(observation)).containsExactly(interpretation);
        assertThat(observation.getReferenceRange()).hasSize(1);
    }

    @Test
    void setsNoLimitsOfRatesForChildren() {
        var child = new Patient().setBirthDateElement(new DateType("2017-06-30"));
        assertThat(judged(ReadingType.HEART_RATE, "140", defaults(child)).getInterpretation())
                .isEmpty();
        assertThat(codes(judged(ReadingType.OXYGEN_SATURATION, "90", defaults(child))))
                .containsExactly("LL");
    }

    @Test
    void saysNothingOfWhatHasNoLimits() {
        var observation = judged(ReadingType.BODY_WEIGHT, "72.5", defaults(adult()));
        assertThat(observation.getInterpretation()).isEmpty();
        assertThat(observation.getReferenceRange()).isEmpty();
    }

    @Test
    void freezesTheLimitsThatItApplied() {
        var range = judged(ReadingType.HEART_RATE, "72", defaults(adult())).getReferenceRangeFirstRep();
        assertThat(range.getLow().getValue()).isEqualByComparingTo("41");
        assertThat(range.getHigh().getValue()).isEqualByComparingTo("130");
        assertThat(range.getHigh().getCode()).isEqualTo("/min");
    }

    @Test
    void judgesEachPressureByItself() {
        var reading = new Reading(
                ReadingType.BLOOD_PRESSURE,
                "2026-03-01T08:00:00Z",
                AT,
                List.of(
                        new Reading.Value(Measure.SYSTOLIC, new BigDecimal("181")),
                        new Reading.Value(Measure.DIASTOLIC, new BigDecimal("80"))),
                Optional.empty());
        var observation = draft(reading);
        assertThat(Judgement.of(reading, observation, defaults(adult())).breaches())
                .containsExactly("Systolic blood pressure 181 mm[Hg] is above the critical limit of 180.");
        assertThat(observation.getComponent())
                .extracting(component -> component
                        .getInterpretationFirstRep()
                        .getCodingFirstRep()
                        .getCode())
                .containsExactly("HH", "N");
    }

    @Test
    void prefersThePatientsActiveGoal() {
        var goal = goal(GoalLifecycleStatus.ACTIVE, "8867-4", range("50", "100", "/min"));
        assertThat(codes(judged(ReadingType.HEART_RATE, "101", with(goal)))).containsExactly("HH");
        assertThat(codes(judged(ReadingType.HEART_RATE, "100", with(goal)))).containsExactly("N");
        assertThat(codes(judged(ReadingType.HEART_RATE, "49", with(goal)))).containsExactly("LL");
    }

    @Test
    void leavesAloneGoalsThatAreOverOrAboutSomethingElse() {
        var range = range("50", "100", "/min");
        assertThat(codes(judged(
                        ReadingType.HEART_RATE, "101", with(goal(GoalLifecycleStatus.COMPLETED, "8867-4", range)))))
                .containsExactly("N");
        assertThat(codes(
                        judged(ReadingType.HEART_RATE, "101", with(goal(GoalLifecycleStatus.ACTIVE, "9279-1", range)))))
                .containsExactly("N");
    }

    @Test
    void readsAGoalInAnotherUnit() {
        var goal = goal(GoalLifecycleStatus.ACTIVE, "41653-7", range("5.0", "10.0", "mmol/L"));
        assertThat(codes(judged(ReadingType.GLUCOSE, "89", with(goal)))).containsExactly("LL");
        assertThat(codes(judged(ReadingType.GLUCOSE, "181", with(goal)))).containsExactly("HH");
    }

    @Test
    void appliesADefinitionToOneSexOnly() {
        var definition = new ObservationDefinition()
                .setCode(new CodeableConcept().addCoding(new Coding("http://loinc.org", "8867-4", "")));
        definition
                .addQualifiedInterval()
                .setCategory(ObservationRangeCategory.ABSOLUTE)
                .setGender(AdministrativeGender.MALE)
                .setRange(range("60", "90", "/min"));
        var woman = new LimitSources(
                Optional.of(adult().setGender(AdministrativeGender.FEMALE)), List.of(), List.of(definition));
        var man = new LimitSources(
                Optional.of(adult().setGender(AdministrativeGender.MALE)), List.of(), List.of(definition));
        assertThat(judged(ReadingType.HEART_RATE, "95", woman).getInterpretation())
                .isEmpty();
        assertThat(codes(judged(ReadingType.HEART_RATE, "95", man))).containsExactly("HH");
    }

    private static Observation judged(ReadingType type, String value, LimitSources sources) {
        var measure = Measure.valueOf(type.name());
        var reading = new Reading(
                type,
                "2026-03-01T08:00:00Z",
                AT,
                List.of(new Reading.Value(measure, new BigDecimal(value))),
                Optional.empty());
        var observation = draft(reading);
        Judgement.of(reading, observation, sources);
        return observation;
    }

    private static Observation draft(Reading reading) {
        return new ObservationDraft("alice", "d-1", "key", AT).of(reading);
    }

    private static List<String> codes(Observation observation) {
        return observation.getInterpretation().stream()
                .map(concept -> concept.getCodingFirstRep().getCode())
                .toList();
    }

    private static LimitSources defaults(Patient patient) {
        return new LimitSources(Optional.of(patient), List.of(), CriticalLimitTable.definitions());
    }

    private static LimitSources with(Goal goal) {
        return new LimitSources(Optional.of(adult()), List.of(goal), CriticalLimitTable.definitions());
    }

    private static Patient adult() {
        return new Patient().setBirthDateElement(new DateType("1968-04-12"));
    }

    private static Goal goal(GoalLifecycleStatus status, String loinc, Range range) {
        var goal = new Goal().setLifecycleStatus(status);
        goal.addTarget()
                .setMeasure(new CodeableConcept().addCoding(new Coding("http://loinc.org", loinc, "")))
                .setDetail(range);
        return goal;
    }

    private static Range range(String low, String high, String unit) {
        return new Range().setLow(quantity(low, unit)).setHigh(quantity(high, unit));
    }

    private static Quantity quantity(String value, String unit) {
        return new Quantity().setValue(new BigDecimal(value)).setCode(unit).setUnit(unit);
    }
}
