package org.rapport.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPayloadTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final PlainPayload payload = new PlainPayload(Clock.fixed(NOW, ZoneOffset.UTC));

    @Nested
    class Understands {

        @ParameterizedTest(name = "{0} {1} {2} as {3} {4}")
        @CsvSource({
            "heart-rate,          72,      bpm,      72,     /min",
            "resting-heart-rate,  58,      /min,     58,     /min",
            "oxygen-saturation,   97,      %,        97,     %",
            "body-temperature,    37.60,   Cel,      37.60,  Cel",
            "body-temperature,    98.6,    °F,       37.0,   Cel",
            "body-temperature,    98.6,    F,        37.0,   Cel",
            "body-weight,         72.50,   kg,       72.50,  kg",
            "body-weight,         160,     lb,       72.57,  kg",
            "body-weight,         71413,   g,        71.413, kg",
            "body-weight,         11.5,    st,       73.03,  kg",
            "glucose,             99,      mg/dl,    99,     mg/dL",
            "glucose,             5.5,     mmol/l,   99,     mg/dL",
            "interstitial-glucose,142,     mg/dL,    142,    mg/dL",
            "respiratory-rate,    16,      bpm,      16,     /min",
            "steps,               8000,    steps,    8000,   {steps}",
            "heart-rate,          7e1,     bpm,      70,     /min",
            "heart-rate,          20,      bpm,      20,     /min",
            "heart-rate,          300,     bpm,      300,    /min",
        })
        void aReadingWithItsDigitsInOurUnit(String type, String value, String unit, String ours, String ucum) {
            var sent =
                    "{\"value\":%s,\"unit\":\"%s\",\"timestamp\":\"2026-03-01T08:15:30+01:00\"}".formatted(value, unit);
            assertThat(map(type, sent)).isInstanceOfSatisfying(Mapped.Understood.class, understood -> {
                var reading = understood.reading().values().get(0);
                assertThat(reading.value()).hasToString(ours);
                assertThat(reading.measure().unit()).isEqualTo(ucum);
                assertThat(understood.reading().type().topic()).isEqualTo(type);
            });
        }

        @Test
        void aTimeWithTheOffsetItWasSentWith() {
            assertThat(map("heart-rate", heartRateAt("2026-03-01T08:15:30.25+01:00")))
                    .isInstanceOfSatisfying(Mapped.Understood.class, understood -> {
                        assertThat(understood.reading().timestamp()).isEqualTo("2026-03-01T08:15:30.25+01:00");
                        assertThat(understood.reading().at()).isEqualTo("2026-03-01T07:15:30.250Z");
                    });
        }

        @Test
        void bothPressuresOfACuff() {
            assertThat(map("blood-pressure", pressure("120", "80")))
                    .isInstanceOfSatisfying(
                            Mapped.Understood.class,
                            understood -> assertThat(understood.reading().values())
                                    .extracting(Reading.Value::measure)
                                    .containsExactly(Measure.SYSTOLIC, Measure.DIASTOLIC));
        }

        @Test
        void aPayloadThatNamesItsOwnDeviceAndAPatient() {
            var sent = heartRate("72", "\"bpm\"").replace("{", "{\"deviceId\":\"hr-alice\",\"patientId\":\"alice\",");
            assertThat(map("heart-rate", sent))
                    .isInstanceOfSatisfying(
                            Mapped.Understood.class,
                            understood ->
                                    assertThat(understood.reading().patient()).contains("alice"));
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "72",
                    "[]",
                    "null",
                    "{\"value\":72",
                    "{\"value\":72}{}",
                    "{\"value\":NaN,\"unit\":\"bpm\",\"timestamp\":\"2026-03-01T08:15:30Z\"}",
                    "{\"value\":72,\"value\":73,\"unit\":\"bpm\",\"timestamp\":\"2026-03-01T08:15:30Z\"}"
                })
        void whatIsNotOneJsonObject(String sent) {
            assertRefused(map("heart-rate", sent), Refusal.STRUCTURE);
        }

        @Test
        void whatIsNotUtf8() {
            var utf16 = heartRate("72", "\"bpm\"").getBytes(StandardCharsets.UTF_16LE);
            assertRefused(payload.map("hr-alice", "heart-rate", utf16), Refusal.STRUCTURE);
            assertRefused(payload.map("hr-alice", "heart-rate", new byte[] {'{', (byte) 0xFF, '}'}), Refusal.STRUCTURE);
        }

        @Test
        void whatIsTooLargeOrTooDeep() {
            assertRefused(map("heart-rate", " ".repeat(StrictJson.MOST_BYTES + 1)), Refusal.TOO_LONG);
            assertRefused(map("heart-rate", "{\"a\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}"), Refusal.TOO_LONG);
            assertRefused(map("heart-rate", heartRate("1".repeat(100), "\"bpm\"")), Refusal.TOO_LONG);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"\"abc\"", "\"72\"", "null", "\"\"", "true", "{}", "[72]", "1e400", "1e-400", "1e999999999"})
        void aValueThatIsNoNumber(String value) {
            assertRefused(map("heart-rate", heartRate(value, "\"bpm\"")), Refusal.VALUE);
        }

        @ParameterizedTest(name = "{0} {1} {2}")
        @CsvSource({
            "heart-rate,        900,    bpm",
            "heart-rate,        19,     bpm",
            "heart-rate,        301,    bpm",
            "oxygen-saturation, 104,    %",
            "body-temperature,  375,    Cel",
            "body-weight,       450,    kg",
            "glucose,           3000000,mg/dL",
            "steps,             -1,     steps",
        })
        void whatNoLivingBeingHas(String type, String value, String unit) {
            assertRefused(map(type, heartRate(value, "\"" + unit + "\"")), Refusal.OUT_OF_RANGE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"\"", "\"furlongs\"", "\"kg\"", "\"mmHg\"", "5"})
        void aUnitThatIsMissingOrOfAnotherKind(String unit) {
            assertRefused(map("heart-rate", heartRate("72", unit)), Refusal.CODE_INVALID);
        }

        @Test
        void theKilogramOfGlucose() {
            assertThat(map("glucose", heartRate("99", "\"kg\"")))
                    .isEqualTo(
                            new Mapped.Refused(
                                    Refusal.CODE_INVALID,
                                    "Unknown unit \"kg\" for Glucose [Mass/volume] in Capillary blood by Glucometer; send mg/dL."));
        }

        @Test
        void aTimeWithoutOffset() {
            assertRefused(map("heart-rate", heartRateAt("2026-03-01T08:15:30")), Refusal.TIMEZONE_UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2026-02-30T08:15:30Z",
                    "2026-03-01T25:15:30Z",
                    "2026-03-01T08:15Z",
                    "2026-03-01",
                    "1772349330",
                    "2026-03-01T08:15:30+19:00",
                    "2026-03-01T08:15:30+15:00",
                    "2026-03-01 08:15:30Z"
                })
        void aTimeThatIsNone(String time) {
            assertRefused(map("heart-rate", heartRateAt(time)), Refusal.VALUE);
        }

        @Test
        void aTimeMoreThanADayAhead() {
            assertThat(map("heart-rate", heartRateAt("2026-03-02T08:00:00Z"))).isInstanceOf(Mapped.Understood.class);
            assertRefused(map("heart-rate", heartRateAt("2026-03-02T08:00:01Z")), Refusal.CLOCK);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0000-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2000-01-01T00:00:10+01:00"})
        void theTimeOfAClockThatWasNeverSet(String time) {
            assertRefused(map("heart-rate", heartRateAt(time)), Refusal.CLOCK);
        }

        @Test
        void aPressureOfOneHalfOrTheWrongWayRound() {
            assertRefused(map("blood-pressure", pressure("120", "null")), Refusal.VALUE);
            assertRefused(map("blood-pressure", pressure("80", "120")), Refusal.OUT_OF_RANGE);
            assertRefused(map("blood-pressure", pressure("80", "80")), Refusal.OUT_OF_RANGE);
            assertRefused(map("blood-pressure", pressure("18.9", "11")), Refusal.OUT_OF_RANGE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"batch", "waveform", "mood"})
        void kindsThatAreNotInTheCatalogue(String type) {
            assertRefused(map(type, heartRate("72", "\"bpm\"")), Refusal.NOT_SUPPORTED);
        }

        @Test
        void aPayloadOfAnotherDevice() {
            var sent = heartRate("72", "\"bpm\"").replace("{", "{\"deviceId\":\"cgm-bob\",");
            assertRefused(map("heart-rate", sent), Refusal.CONFLICT);
        }
    }

    private Mapped map(String type, String sent) {
        return payload.map("hr-alice", type, sent.getBytes(UTF_8));
    }

    private static void assertRefused(Mapped mapped, Refusal refusal) {
        assertThat(mapped)
                .isInstanceOfSatisfying(
                        Mapped.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private static String heartRate(String value, String unit) {
        return "{\"value\":%s,\"unit\":%s,\"timestamp\":\"2026-03-01T08:15:30+01:00\"}".formatted(value, unit);
    }

    private static String heartRateAt(String time) {
        return "{\"value\":72,\"unit\":\"bpm\",\"timestamp\":\"%s\"}".formatted(time);
    }

    private static String pressure(String systolic, String diastolic) {
        return "{\"systolic\":%s,\"diastolic\":%s,\"unit\":\"mmHg\",\"timestamp\":\"2026-03-01T08:15:30Z\"}"
                .formatted(systolic, diastolic);
    }
}
