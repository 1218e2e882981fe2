package org.rapport.consent.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.consent.fhir.TestConsents.always;
import static org.rapport.consent.fhir.TestConsents.data;
import static org.rapport.consent.fhir.TestConsents.deny;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rapport.consent.RecordedConsent;
import org.rapport.consent.fhir.LocalReferences;
import org.rapport.relation.hapi.InForce;

class StoredConsentsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final LocalReferences REFERENCES = new LocalReferences("http://127.0.0.1/fhir");

    private final KeptResources store = new KeptResources();

    @Nested
    class OnFile {

        private final Set<String> watched = new HashSet<>();
        private final StoredConsents consents = new StoredConsents(store, store::current, REFERENCES, watched::add);

        @Test
        void holdsTheConsentsOfThePatientAlone() {
            store.keep("c1", deny(always()));
            store.keep("c2", deny(always()).setPatient(new Reference("Patient/bob")));
            assertThat(onFile("alice").consents())
                    .singleElement()
                    .satisfies(consent -> assertThat(consent.patient()).isEqualTo("alice"));
        }

        @Test
        @DisplayName("CD-35: what was merged away is found by the link of either side")
        void holdsTheConsentsOfWhatWasMergedAway() {
            store.keep("c1", deny(always()));
            store.keep("alice-new", linked(LinkType.REPLACES, "alice"));
            assertThat(onFile("alice-new").consents()).hasSize(1);
            store.keep("alice", linked(LinkType.REPLACEDBY, "alice-newest"));
            assertThat(onFile("alice-newest").person().mergedAway()).containsExactly("alice");
            assertThat(onFile("alice").consents()).hasSize(1);
        }

        @Test
        void tellsPatientsApartThatAreAskedAboutTogether() {
            store.keep("c1", deny(always()));
            store.keep("c2", deny(always()).setPatient(new Reference("Patient/bob")));
            store.keep("bob-new", linked(LinkType.REPLACES, "bob"));
            var found = consents.of(Set.of("alice", "bob-new", "carol"));
            assertThat(onFile(found, "alice").consents())
                    .extracting(RecordedConsent::patient)
                    .containsExactly("alice");
            assertThat(onFile(found, "bob-new").consents())
                    .extracting(RecordedConsent::patient)
                    .containsExactly("bob");
            assertThat(onFile(found, "carol").consents()).isEmpty();
        }

        @Test
        void watchesWhatStoredConsentsReferTo() {
            var consent = deny(data(ConsentDataMeaning.RELATED, "Encounter/e1")
                    .andThen(data(ConsentDataMeaning.RELATED, "Nonsense/1")));
            consents.read(consent);
            assertThat(watched).isEmpty();
            store.keep("c1", consent);
            onFile("alice");
            assertThat(watched).containsExactly("Encounter");
        }

        private StoredConsents.OnFile onFile(String patient) {
            return onFile(consents.of(Set.of(patient)), patient);
        }

        private static StoredConsents.OnFile onFile(Map<String, StoredConsents.OnFile> found, String patient) {
            return Optional.ofNullable(found.get(patient)).orElseThrow();
        }

        private Patient linked(LinkType type, String other) {
            var patient = new Patient();
            patient.addLink().setType(type).setOther(new Reference("Patient/" + other));
            return patient;
        }
    }

    @Nested
    class Memberships {

        private final StoredMemberships memberships =
                new StoredMemberships(store, store::current, REFERENCES, new InForce(Clock.fixed(NOW, ZoneOffset.UTC)));

        @Test
        void holdRolesOrganizationsAndTheWholeTheyArePartOf() {
            store.keep("ward", new Organization().setPartOf(new Reference("Organization/h1")));
            store.keep("h1", new Organization());
            store.keep("role", role("Organization/ward"));
            store.keep(
                    "former",
                    role("Organization/h2").setPeriod(new Period().setEndElement(new DateTimeType("2026-11-28"))));
            assertThat(memberships.of("Practitioner/dr-a"))
                    .containsExactlyInAnyOrder(
                            "Practitioner/dr-a", "PractitionerRole/role", "Organization/ward", "Organization/h1");
        }

        @Test
        @DisplayName("CD-11: a group's member, until removed")
        void holdGroupsAndCareTeams() {
            var group = new Group().setActual(true);
            group.addMember().setEntity(new Reference("Practitioner/dr-a"));
            store.keep("g", group);
            var team = new CareTeam().setStatus(CareTeamStatus.ACTIVE);
            team.addParticipant().setMember(new Reference("Practitioner/dr-a"));
            store.keep("team", team);
            assertThat(memberships.of("Practitioner/dr-a"))
                    .containsExactlyInAnyOrder("Practitioner/dr-a", "Group/g", "CareTeam/team");
            group.getMemberFirstRep().setInactive(true);
            team.setStatus(CareTeamStatus.INACTIVE);
            assertThat(memberships.of("Practitioner/dr-a")).containsExactly("Practitioner/dr-a");
        }

        private PractitionerRole role(String organization) {
            return new PractitionerRole()
                    .setPractitioner(new Reference("Practitioner/dr-a"))
                    .setOrganization(new Reference(organization));
        }
    }
}
