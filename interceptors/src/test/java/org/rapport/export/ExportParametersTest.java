package org.rapport.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportParametersTest {

    @Test
    void areReadAsRepeatedAndWithCommas() {
        var order = parameters(
                        Map.of(
                                "_type", List.of("Patient,Observation", "Condition"),
                                "_since", List.of("2026-03-01T08:00:00Z"),
                                "_outputFormat", List.of("ndjson"),
                                "patient", List.of("Patient/a,b")),
                        false)
                .order(Optional.empty());
        assertThat(order)
                .isEqualTo(new ExportOrder(
                        Optional.empty(),
                        Set.of("a", "b"),
                        Set.of("Patient", "Observation", "Condition"),
                        Optional.of(Instant.parse("2026-03-01T08:00:00Z"))));
    }

    @Test
    void askForEverythingWhenThereAreNone() {
        assertThat(parameters(Map.of(), false).order(Optional.of("g")))
                .isEqualTo(new ExportOrder(Optional.of("g"), Set.of(), Set.of(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "_outputFormat, text/csv",
        "_typeFilter, Observation?code=a",
        "_elements, id",
        "anything, x",
        "_type, Nonsense",
        "_type, Practitioner",
        "_type, 'Observation,Group'",
        "_type, AuditEvent",
        "_since, yesterday",
        "_since, 2026",
        "patient, Group/g",
        "patient, a b",
    })
    void areRefusedWhenTheyAreNotUnderstood(String name, String value) {
        refuses(parameters(Map.of(name, List.of(value)), false), Optional.empty());
    }

    @Test
    void nameNoPatientsBesideAGroup() {
        refuses(parameters(Map.of("patient", List.of("a")), false), Optional.of("g"));
    }

    @Test
    void nameOneMoment() {
        refuses(
                parameters(Map.of("_since", List.of("2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z")), false),
                Optional.empty());
    }

    @Test
    void arePassedOverWhenTheCallerIsLenient() {
        var lenient = parameters(Map.of("_elements", List.of("id"), "_type", List.of("Nonsense,Patient")), true);
        assertThat(lenient.order(Optional.empty()).types()).containsExactly("Patient");
        assertThat(lenient.passesOver()).isTrue();
        assertThat(parameters(Map.of("_type", List.of("Patient")), true).passesOver())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nonsense", "Practitioner"})
    void doNotTurnOneTypeIntoAllTypes(String type) {
        refuses(parameters(Map.of("_type", List.of(type)), true), Optional.empty());
    }

    private static void refuses(ExportParameters parameters, Optional<String> group) {
        assertThatThrownBy(() -> parameters.order(group)).isInstanceOfSatisfying(ExportRefused.class, refused -> {
            assertThat(refused.failure().status()).isEqualTo(400);
            assertThat(refused.failure().code()).isIn("invalid", "not-supported");
        });
    }

    private static ExportParameters parameters(Map<String, List<String>> values, boolean lenient) {
        return new ExportParameters(values, lenient);
    }
}
