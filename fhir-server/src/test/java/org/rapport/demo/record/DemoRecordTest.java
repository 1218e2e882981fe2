package org.rapport.demo.record;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Slot;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DemoRecordTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Instant NOON = Instant.parse("2026-03-20T12:00:00Z");

    @Test
    void holdsThePeopleOfTheContract() {
        assertThat(ids(DemoPeople.bundle()))
                .contains(
                        "Organization/org-north",
                        "Organization/org-south",
                        "Practitioner/dr-adams",
                        "Practitioner/dr-brandt",
                        "Practitioner/care-jones",
                        "Practitioner/clerk-lee",
                        "Practitioner/admin",
                        "Practitioner/privacy-kim",
                        "Patient/alice",
                        "Patient/bob",
                        "Patient/carol",
                        "Patient/erin",
                        "RelatedPerson/dana");
        assertThat(ids(DemoDevices.bundle(NOON))).contains("Device/bp-alice", "Device/hr-alice", "Device/cgm-bob");
    }

    @Test
    void saysWhoTreatsWhom() {
        assertThat(patients())
                .extracting(patient -> patient.getIdPart() + " "
                        + patient.getGeneralPractitionerFirstRep().getReference())
                .containsExactlyInAnyOrder(
                        "alice Practitioner/dr-adams",
                        "bob Practitioner/dr-brandt",
                        "carol Practitioner/dr-adams",
                        "erin null");
    }

    @Test
    void refersOnlyToWhatItHolds() {
        var all = everything();
        var held = all.stream().flatMap(bundle -> ids(bundle).stream()).collect(toSet());
        assertThat(held)
                .hasSize(all.stream()
                        .mapToInt(bundle -> bundle.getEntry().size())
                        .sum());
        assertThat(
                        all.stream()
                                .flatMap(bundle -> bundle.getEntry().stream())
                                .flatMap(entry -> FHIR
                                        .newTerser()
                                        .getAllPopulatedChildElementsOfType(entry.getResource(), Reference.class)
                                        .stream())
                                .map(Reference::getReference))
                .isSubsetOf(held);
    }

    @Test
    void isTheSameEachTime() {
        assertThat(everything().stream().map(DemoRecordTest::json).toList())
                .isEqualTo(everything().stream().map(DemoRecordTest::json).toList());
    }

    @Nested
    class HasSlots {

        @Test
        void onWorkingDaysOnly() {
            // 20 March 2026 is a Friday
            var slots = slots(LocalDate.of(2026, 3, 20), LocalDate.of(2026, 3, 24), Instant.EPOCH);
            assertThat(slots).hasSize(3 * 2 * 6);
            assertThat(slots)
                    .extracting(Resource::getIdPart)
                    .contains("slot-dr-adams-20260320-0900", "slot-dr-brandt-20260323-1130");
        }

        @Test
        void atTheSameLocalTimeAfterTheClocksChange() {
            // Berlin changes on 29 March 2026, New York has already changed on 8 March
            assertThat(slots(LocalDate.of(2026, 3, 27), LocalDate.of(2026, 3, 31), Instant.EPOCH))
                    .filteredOn(slot -> slot.getIdPart().endsWith("-0900"))
                    .extracting(slot ->
                            slot.getIdPart() + " " + slot.getStartElement().getValueAsString())
                    .contains(
                            "slot-dr-adams-20260327-0900 2026-03-27T09:00:00+01:00",
                            "slot-dr-adams-20260330-0900 2026-03-30T09:00:00+02:00",
                            "slot-dr-brandt-20260327-0900 2026-03-27T09:00:00-04:00",
                            "slot-dr-brandt-20260330-0900 2026-03-30T09:00:00-04:00");
        }

        @Test
        void notBeforeNow() {
            assertThat(slots(LocalDate.of(2026, 3, 20), LocalDate.of(2026, 3, 21), NOON))
                    .extracting(Resource::getIdPart)
                    .allMatch(id -> id.startsWith("slot-dr-brandt"))
                    .hasSize(6);
        }

        private List<Slot> slots(LocalDate first, LocalDate end, Instant after) {
            return DemoSchedules.slots(first, end, after).stream()
                    .flatMap(bundle -> bundle.getEntry().stream())
                    .map(BundleEntryComponent::getResource)
                    .map(Slot.class::cast)
                    .toList();
        }
    }

    private static List<Bundle> everything() {
        var day = LocalDate.of(2026, 3, 20);
        return Stream.concat(
                        Stream.of(
                                DemoPeople.bundle(),
                                DemoDevices.bundle(NOON),
                                DemoHistory.bundle(NOON),
                                DemoSchedules.bundle()),
                        DemoSchedules.slots(day, day.plusDays(28), NOON).stream())
                .toList();
    }

    private static List<Patient> patients() {
        return DemoPeople.bundle().getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(Patient.class::isInstance)
                .map(Patient.class::cast)
                .toList();
    }

    private static List<String> ids(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(entry -> entry.getRequest().getUrl())
                .toList();
    }

    private static String json(Bundle bundle) {
        return FHIR.newJsonParser().encodeResourceToString(bundle);
    }
}
