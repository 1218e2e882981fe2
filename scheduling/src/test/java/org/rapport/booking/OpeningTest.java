package org.rapport.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rapport.booking.TestAppointments.ADAMS;
import static org.rapport.booking.TestAppointments.NOON;
import static org.rapport.booking.TestAppointments.schedule;
import static org.rapport.booking.TestAppointments.slot;

import ca.uhn.fhir.context.FhirContext;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.booking.TimeQuery.Bound;
import org.rapport.booking.TimeQuery.What;
import org.rapport.booking.TimeQuery.Who;

class OpeningTest {

    private static final Who ANYBODY = new Who(Set.of(), Set.of(), Set.of(), Set.of());
    private static final What ANYTHING = new What(List.of(), List.of(), Set.of());
    private static final Coding CHECK_UP = new Coding("http://snomed.info/sct", "185349003", "Encounter for check up");

    /** The night in which New York's clocks go back: 01:30 comes twice, and text would put them the other way round. */
    @Test
    void standsWhereItBeginsHoweverThatIsWritten() {
        var sorted = Stream.of(
                        opening("standard", "2027-11-07T01:30:00-05:00"),
                        opening("berlin", "2027-11-07T07:00:00+01:00"),
                        opening("daylight", "2027-11-07T01:30:00-04:00"),
                        opening("b", "2027-11-07T05:00:00Z"),
                        opening("a", "2027-11-07T01:00:00-04:00"))
                .sorted(Opening.IN_TIME);
        assertThat(sorted)
                .extracting(opening -> opening.slot().getIdPart())
                .containsExactly("a", "b", "daylight", "berlin", "standard");
    }

    @ParameterizedTest(name = "from {0} to {1} finds noon in Berlin: {2}")
    @CsvSource({
        "2026-12-01T12:00:00Z,      2026-12-01T12:30:00Z,      true",
        "2026-12-01T13:00:00+01:00, 2026-12-01T07:30:00-05:00, true",
        "2026-12-01T12:00:01Z,      2026-12-02T00:00:00Z,      false",
        "2026-12-01T00:00:00Z,      2026-12-01T12:29:59Z,      false",
        "2026-12-01,                2026-12-01,                true",
        "2026-12-02,                2026-12-03,                false",
        "2026-11-29,                2026-11-30,                false",
        "2026-12,                   2026-12,                   true",
    })
    void isFoundWithinTheLimits(String start, String end, boolean found) {
        assertThat(opening("a", "2026-12-01T13:00:00+01:00").meets(query(start, end, ANYTHING)))
                .isEqualTo(found);
    }

    /** Monday evening in New York is Tuesday in UTC. */
    @Test
    void isOnTheDayOfItsPlace() {
        var evening = opening("a", "2026-12-01T00:30:00Z");
        evening.schedule()
                .addExtension("http://hl7.org/fhir/StructureDefinition/timezone", new CodeType("America/New_York"));
        assertThat(evening.meets(query("2026-11-30", "2026-11-30", on(DayOfWeek.MONDAY))))
                .isTrue();
        assertThat(evening.meets(query("2026-11-30", "2026-12-02", on(DayOfWeek.TUESDAY))))
                .isFalse();
        assertThat(evening.meets(query("2026-12-01", "2026-12-01", ANYTHING))).isFalse();
    }

    @Test
    void isForWhatTheSlotOrElseTheScheduleSays() {
        var opening = opening("a", "2026-12-01T12:00:00Z");
        opening.schedule().addServiceType(new CodeableConcept().addCoding(CHECK_UP));
        assertThat(meetsType(opening, new CodeableConcept().addCoding(CHECK_UP)))
                .isTrue();
        assertThat(meetsType(opening, new CodeableConcept().setText("185349003")))
                .isTrue();
        assertThat(meetsType(opening, new CodeableConcept().setText("encounter for CHECK up")))
                .isTrue();
        assertThat(meetsType(opening, new CodeableConcept().addCoding(new Coding("urn:x", "185349003", null))))
                .isFalse();
        opening.slot().addServiceType(new CodeableConcept().setText("Vaccination"));
        assertThat(meetsType(opening, new CodeableConcept().addCoding(CHECK_UP)))
                .isFalse();
    }

    @Test
    void staysWithinThePlanningHorizon() {
        var opening = opening("a", "2026-12-01T12:00:00Z");
        opening.schedule().setPlanningHorizon(new Period().setEndElement(new DateTimeType("2026-12-01")));
        assertThat(opening.meets(query("2026-11-01", "2026-12-31", ANYTHING))).isTrue();
        opening.schedule().setPlanningHorizon(new Period().setEndElement(new DateTimeType("2026-11-30")));
        assertThat(opening.meets(query("2026-11-01", "2026-12-31", ANYTHING))).isFalse();
    }

    @Test
    void isFreeUnlessSomebodyItNeedsIsEngaged() {
        var opening = opening("a", "2026-12-01T12:00:00Z");
        var engaged = new Claim(ADAMS, NOON.minusSeconds(60), NOON.plusSeconds(1));
        assertThat(opening.isFree(List.of(engaged), Set.of(ADAMS))).isFalse();
        assertThat(opening.isFree(List.of(engaged), Set.of("Practitioner/dr-brandt")))
                .isTrue();
        assertThat(opening.isFree(List.of(new Claim(ADAMS, NOON.minusSeconds(60), NOON)), Set.of(ADAMS)))
                .isTrue();
    }

    @Test
    void isProposedWithItsSlotContained() {
        var text = FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(
                        opening("a", "2026-12-01T13:00:00+01:00").proposed());
        assertThat(text)
                .contains("\"id\":\"a\"", "\"reference\":\"#a\"", "\"status\":\"proposed\"", ADAMS)
                .contains("2026-12-01T13:00:00+01:00")
                .doesNotContain("Patient/");
    }

    @Test
    void isLookedForInNinetyTwoDaysAtMost() {
        assertThat(query("2026-01-01", "2026-04-02", ANYTHING).count()).isEqualTo(20);
        for (var end : List.of("2026-04-03", "2025-12-31", "2025-11-01")) {
            assertThatThrownBy(() -> query("2026-01-01", end, ANYTHING))
                    .isInstanceOfSatisfying(
                            BookingRefused.class,
                            refused -> assertThat(refused.failure().status()).isEqualTo(400));
        }
    }

    private static boolean meetsType(Opening opening, CodeableConcept type) {
        return opening.meets(query("2026-11-01", "2026-12-31", new What(List.of(), List.of(type), Set.of())));
    }

    private static What on(DayOfWeek day) {
        return new What(List.of(), List.of(), Set.of(day));
    }

    private static TimeQuery query(String start, String end, What what) {
        return new TimeQuery(
                Bound.startOf(new DateTimeType(start)), Bound.endOf(new DateTimeType(end)), ANYBODY, what, 20);
    }

    private static Opening opening(String id, String start) {
        return new Opening(schedule(), slot(id, start));
    }
}
