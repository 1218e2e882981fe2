package org.rapport.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rapport.access.PublicOrigin;

class LaunchRequestTest {

    private static final PublicOrigin ORIGIN = new PublicOrigin("https://fhir.example.org");

    private static LaunchRequest read(Map<String, Object> changes) {
        Map<String, Object> body = new HashMap<>(Map.of("client_id", "demo-app", "patient", "alice"));
        body.putAll(changes);
        return LaunchRequest.of(body, ORIGIN);
    }

    @Test
    void needsTheApplicationAndThePatientOnly() {
        var request = read(Map.of());

        assertThat(request.clientId()).isEqualTo("demo-app");
        assertThat(request.references()).isEmpty();
        assertThat(request.context().parameters())
                .isEqualTo(Map.of(
                        "patient",
                        "alice",
                        "need_patient_banner",
                        true,
                        "smart_style_url",
                        "https://fhir.example.org/smart-style.json"));
    }

    @Test
    void tellsTheApplicationOfTheVisitAndTheAppointment() {
        var request = read(Map.of(
                "patient", "Patient/alice",
                "encounter", "Encounter/e1",
                "appointment", "a1",
                "intent", "reconcile-medications",
                "need_patient_banner", false,
                "smart_style_url", "https://ehr.example.org/style.json",
                "fhirContext", List.of(Map.of("reference", "ServiceRequest/s1", "role", "https://example.org/role"))));

        assertThat(request.references()).containsExactly("Encounter/e1", "ServiceRequest/s1", "Appointment/a1");
        assertThat(request.context().parameters())
                .containsEntry("patient", "alice")
                .containsEntry("encounter", "e1")
                .containsEntry("intent", "reconcile-medications")
                .containsEntry("need_patient_banner", false)
                .containsEntry("smart_style_url", "https://ehr.example.org/style.json")
                .containsEntry(
                        "fhirContext",
                        List.of(
                                Map.of("reference", "ServiceRequest/s1", "role", "https://example.org/role"),
                                Map.of("reference", "Appointment/a1")));
    }

    @Test
    void isStoredAndReadBackUnchanged() {
        var context = read(Map.of("encounter", "e1", "appointment", "a1")).context();

        assertThat(LaunchContext.fromJson(context.toJson())).isEqualTo(context);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("client_id", ""),
                Arguments.of("client_id", 7),
                Arguments.of("patient", "a/b"),
                Arguments.of("patient", "x".repeat(65)),
                Arguments.of("encounter", "Patient/alice"),
                Arguments.of("need_patient_banner", "yes"),
                Arguments.of("smart_style_url", "javascript:alert(1)"),
                Arguments.of("smart_style_url", "https://user@example.org/style.json"),
                Arguments.of("intent", "x".repeat(201)),
                Arguments.of("fhirContext", "ServiceRequest/s1"),
                Arguments.of("fhirContext", List.of("ServiceRequest/s1")),
                Arguments.of("fhirContext", List.of(Map.of("reference", "Patient/bob"))),
                Arguments.of("fhirContext", List.of(Map.of("reference", "Foo/1"))),
                Arguments.of("fhirContext", List.of(Map.of("reference", "https://evil.example.org/Task/1"))),
                Arguments.of("fhirContext", List.of(Map.of("reference", "Task/1", "role", ""))),
                Arguments.of("fhirContext", List.of(Map.of("reference", "Task/1", "more", "x"))),
                Arguments.of("user", "dr-adams"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("wrong")
    void isRefusedWithWordsThatHoldNothingOfIt(String member, Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of(member, value)))
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .startsWith("Send ")
                        .doesNotContain("evil", "javascript", "dr-adams", "xxx"));
    }
}
