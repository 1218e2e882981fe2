package org.rapport.booking.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.PublicOrigin;
import org.rapport.booking.BookingRefused;

class BookingInputTest {

    private static final String SPAN = """
            {"name":"start","valueDateTime":"2026-02-01"},{"name":"end","valueDateTime":"2026-02-02"},""";
    private static final String VISIT = """
            {"name":"appointment-resource","resource":{"resourceType":"Appointment","slot":[{"reference":"%s"}]%s}}""";

    @Nested
    class OfFind {

        @Test
        void isReadOnce() {
            var query = input(SPAN + """
                            {"name":"practitioner","valueReference":{"reference":"https://here.example/fhir/Practitioner/a/_history/2"}},
                            {"name":"practitioner","valueString":"Practitioner/b"},
                            {"name":"timing","valueTiming":{"repeat":{"dayOfWeek":["mon","thu"]}}},
                            {"name":"mode","valueCode":"in-person"},{"name":"_count","valueInteger":500}""").query().orElseThrow();
            assertThat(query.who().practitioners()).containsExactlyInAnyOrder("Practitioner/a", "Practitioner/b");
            assertThat(query.what().days()).containsExactlyInAnyOrder(DayOfWeek.MONDAY, DayOfWeek.THURSDAY);
            assertThat(query.count()).isEqualTo(200);
            assertThat(query.end().in(ZoneId.of("Europe/Berlin"))).isEqualTo(Instant.parse("2026-02-02T23:00:00Z"));
        }

        @Test
        void looksForNothingThatNoScheduleOffers() {
            assertThat(input(SPAN + "{\"name\":\"mode\",\"valueCode\":\"video\"}")
                            .query())
                    .isEmpty();
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                no end           | {"name":"start","valueDateTime":"2026-12-01"}
                a long span      | {"name":"start","valueDateTime":"2026-01-01"},{"name":"end","valueDateTime":"2026-12-01"}
                end before start | {"name":"start","valueDateTime":"2026-02-02"},{"name":"end","valueDateTime":"2026-02-01"}
                no offset        | {"name":"start","valueDateTime":"2026-02-01T08:00:00"},{"name":"end","valueDateTime":"2026-02-02"}
                a text as time   | {"name":"start","valueString":"2026-02-01"},{"name":"end","valueDateTime":"2026-02-02"}
                """)
        void refusesATimeLike(String flaw, String parameters) {
            assertInvalid(() -> input(parameters).query());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"name\":\"mode\",\"valueCode\":\"telepathy\"}",
                    "{\"name\":\"_count\",\"valueInteger\":0}",
                    "{\"name\":\"practitioner\",\"valueReference\":{\"reference\":\"Patient/alice\"}}",
                    "{\"name\":\"practitioner\",\"valueReference\":{\"display\":\"somebody\"}}",
                    "{\"name\":\"schedule\",\"valueReference\":{\"reference\":\"https://x.example/Schedule/a\"}}",
                    "{\"name\":\"timing\",\"valueTiming\":{\"repeat\":{\"frequency\":2}}}",
                    "{\"name\":\"specialty\",\"valuePeriod\":{\"start\":\"2026-02-01\"}}",
                })
        void refusesWhatItDoesNotUnderstand(String parameter) {
            assertInvalid(() -> input(SPAN + parameter).query());
        }
    }

    @Nested
    class OfBook {

        @ParameterizedTest
        @ValueSource(strings = {"#slot-1", "Slot/slot-1", "https://here.example/fhir/Slot/slot-1"})
        void namesItsSlot(String reference) {
            assertThat(input(VISIT.formatted(reference, ""))
                            .wish(Optional.of("alice"))
                            .slots())
                    .containsExactly("slot-1");
        }

        @Test
        void isForTheOnePatientNamedOrElseTheCaller() {
            assertThat(patient("", Optional.of("alice"))).isEqualTo("Patient/alice");
            var bob = ",\"participant\":[{\"actor\":{\"reference\":\"Patient/bob\"}}]";
            assertThat(patient(bob, Optional.of("alice"))).isEqualTo("Patient/bob");
            assertInvalid(() -> patient("", Optional.empty()));
            var elsewhere = bob.replace("Patient/bob", "https://x.example/fhir/Patient/bob");
            assertInvalid(() -> patient(elsewhere, Optional.of("alice")));
            var carol = "{\"name\":\"patient-resource\",\"resource\":{\"resourceType\":\"Patient\",\"id\":\"carol\"}}";
            assertInvalid(() -> input(VISIT.formatted("#s", bob) + "," + carol).wish(Optional.empty()));
        }

        @Test
        void isEitherStoredOrSent() {
            var stored = "{\"name\":\"appointment-reference\",\"valueReference\":{\"reference\":\"Appointment/a\"}}";
            assertThat(input(stored).wish(Optional.empty()).stored()).contains("a");
            assertInvalid(() -> input("").wish(Optional.of("alice")));
            assertInvalid(() -> input(stored + "," + VISIT.formatted("#s", "")).wish(Optional.of("alice")));
            assertInvalid(() -> patient(",\"status\":\"cancelled\"", Optional.of("alice")));
        }

        private static String patient(String rest, Optional<String> self) {
            return input(VISIT.formatted("#s", rest))
                    .wish(self)
                    .patient()
                    .orElseThrow()
                    .getReference();
        }
    }

    private static BookingInput input(String parameters) {
        var text = "{\"resourceType\":\"Parameters\",\"parameter\":["
                + parameters.strip().replaceAll(",$", "") + "]}";
        return new BookingInput(
                new PublicOrigin("https://here.example"),
                FhirContext.forR4Cached().newJsonParser().parseResource(Parameters.class, text));
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BookingRefused.class,
                        refused -> assertThat(refused.failure().status()).isEqualTo(400));
    }
}
