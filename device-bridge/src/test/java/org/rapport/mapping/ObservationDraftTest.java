package org.rapport.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.NpmPackageValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.ig.Guide;
import org.rapport.ig.Profile;

class ObservationDraftTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final FhirValidator VALIDATOR = validator();
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String TIME = "2026-03-01T08:15:30+01:00";

    private final PlainPayload payload = new PlainPayload(Clock.fixed(NOW, ZoneOffset.UTC));
    private final ObservationDraft draft = new ObservationDraft("alice", "d-1", "d-1|x|1", NOW);

    @ParameterizedTest
    @CsvSource({
        "HEART_RATE_READING,        heart-rate,        72,    bpm",
        "OXYGEN_SATURATION_READING, oxygen-saturation, 97,    %",
        "BODY_WEIGHT_READING,       body-weight,       72.50, kg",
        "BODY_TEMPERATURE_READING,  body-temperature,  37.60, Cel",
    })
    void conformsToTheProfile(Profile profile, String type, String value, String unit) {
        assertThat(errors(observation(type, value, unit), profile.canonical())).isEmpty();
    }

    @Test
    void conformsToTheProfileOfBloodPressures() {
        assertThat(errors(pressure("120", "80"), Profile.BLOOD_PRESSURE_READING.canonical()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "respiratory-rate,   16,   /min, resprate",
        "resting-heart-rate, 58,   /min, vitalsigns",
        "glucose,            99,   mg/dL, Observation",
        "steps,              8000, steps, Observation",
    })
    void conformsToR4WhereWeHaveNoProfile(String type, String value, String unit, String profile) {
        assertThat(errors(observation(type, value, unit), "http://hl7.org/fhir/StructureDefinition/" + profile))
                .isEmpty();
    }

    @Test
    void keepsDigitsAndOffsetInJson() {
        var json = R4.newJsonParser().encodeResourceToString(observation("body-temperature", "37.60", "Cel"));
        assertThat(json)
                .contains("\"value\":37.60")
                .contains("\"effectiveDateTime\":\"" + TIME + "\"")
                .contains("\"subject\":{\"reference\":\"Patient/alice\"}")
                .contains("\"device\":{\"reference\":\"Device/d-1\"}")
                .contains("\"status\":\"final\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-03-01T08:15:30.123456789Z", "2026-03-01T08:15:30.5+14:00", "2004-02-29T00:00:00-11:30"})
    void keepsEveryTimeThatIsUnderstood(String time) {
        var observation = drafted("steps", "{\"value\":1,\"unit\":\"steps\",\"timestamp\":\"%s\"}".formatted(time));
        assertThat(observation.getEffectiveDateTimeType().getValueAsString()).isEqualTo(time);
    }

    @Test
    void tellsOtherValuesFromTheSame() {
        var one = observation("heart-rate", "72", "bpm");
        assertThat(ObservationDraft.sameValues(one, observation("heart-rate", "72", "/min")))
                .isTrue();
        assertThat(ObservationDraft.sameValues(one, observation("heart-rate", "73", "bpm")))
                .isFalse();
        assertThat(ObservationDraft.sameValues(pressure("120", "80"), pressure("120", "80")))
                .isTrue();
        assertThat(ObservationDraft.sameValues(pressure("120", "80"), pressure("120", "81")))
                .isFalse();
    }

    private Observation observation(String type, String value, String unit) {
        return drafted(type, "{\"value\":%s,\"unit\":\"%s\",\"timestamp\":\"%s\"}".formatted(value, unit, TIME));
    }

    private Observation pressure(String systolic, String diastolic) {
        return drafted(
                "blood-pressure",
                "{\"systolic\":%s,\"diastolic\":%s,\"unit\":\"mmHg\",\"timestamp\":\"%s\"}"
                        .formatted(systolic, diastolic, TIME));
    }

    private Observation drafted(String type, String json) {
        return payload.map("d-1", type, json.getBytes(UTF_8)) instanceof Mapped.Understood understood
                ? draft.of(understood.reading())
                : new Observation();
    }

    private static List<String> errors(Observation observation, String profile) {
        return VALIDATOR
                .validateWithResult(observation, new ValidationOptions().addProfile(profile))
                .getMessages()
                .stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                .toList();
    }

    private static FhirValidator validator() {
        var npm = new NpmPackageValidationSupport(R4);
        try {
            npm.loadPackageFromClasspath("classpath:" + Guide.PACKAGE_RESOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var support = new ValidationSupportChain(
                npm,
                new DefaultProfileValidationSupport(R4),
                new CommonCodeSystemsTerminologyService(R4),
                new InMemoryTerminologyServerValidationSupport(R4),
                new SnapshotGeneratingValidationSupport(R4));
        return R4.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
    }
}
