package org.rapport.relation.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.access.Caller.Role;
import org.rapport.access.Consents;
import org.rapport.access.PatientDirectory.KnownPatient;
import org.rapport.access.PatientDirectory.Relation;
import org.rapport.access.ProxyScope;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.Relations;
import org.rapport.gate.hapi.DeniedBy;

class StoredProxiesTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final Kept stored = new Kept(new ArrayList<>());
    private final StoredProxies proxies = new StoredProxies(
            stored,
            new RecordOwners(new PublicOrigin("http://127.0.0.1:8080"), (type, id) -> Optional.empty()),
            new InForce(Clock.fixed(NOW, ZoneOffset.UTC)),
            new Majority(18, Clock.fixed(NOW, ZoneOffset.UTC)));

    @Nested
    class ARelatedPerson {

        @Test
        void actsForItsPatient() {
            keep("dana", dana());
            assertThat(proxies.patientsOf("RelatedPerson/dana")).containsExactly("carol");
        }

        @Test
        void actsForNobodyWhenItIsNotActive() {
            keep("dana", dana().setActive(false));
            assertThat(proxies.patientsOf("RelatedPerson/dana")).isEmpty();
        }

        @Test
        void actsUntilTheEndOfTheLastDay() {
            keep("dana", dana().setPeriod(new Period().setEndElement(new DateTimeType("2026-11-29"))));
            assertThat(proxies.patientsOf("RelatedPerson/dana")).containsExactly("carol");
            keep("dana", dana().setPeriod(new Period().setEndElement(new DateTimeType("2026-11-28"))));
            assertThat(proxies.patientsOf("RelatedPerson/dana")).isEmpty();
            keep("dana", dana().setPeriod(new Period().setStartElement(new DateTimeType("2026-11-29T12:00:01Z"))));
            assertThat(proxies.patientsOf("RelatedPerson/dana")).isEmpty();
        }

        @ParameterizedTest(name = "born {0}: {1}")
        @CsvSource({
            "2008-11-30, true",
            "2008-11-29, false",
            "2008-12, true",
            "2008-11, false",
            "2009, true",
            "2008, false",
            "'', false"
        })
        void actsAsParentUntilTheChildIsOfAge(String born, boolean acts) {
            keep("dana", parent("MTH"));
            keep("carol", born(born));
            assertThat(proxies.patientsOf("RelatedPerson/dana")).hasSize(acts ? 1 : 0);
            keep("dana", parent("HPOWATT"));
            assertThat(proxies.patientsOf("RelatedPerson/dana")).containsExactly("carol");
        }

        private static RelatedPerson parent(String code) {
            return dana().addRelationship(new CodeableConcept(
                    new Coding("http://terminology.hl7.org/CodeSystem/v3-RoleCode", code, "")));
        }

        private static Patient born(String date) {
            var patient = new Patient();
            if (!date.isEmpty()) {
                patient.setBirthDateElement(new DateType(date));
            }
            return patient;
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "'', FULL",
            "book, BOOK",
            "book message, BOOK+MESSAGE",
            "results medications documents, RESULTS+MEDICATIONS+DOCUMENTS",
            "full book, FULL+BOOK",
            "book paint, BOOK",
            "paint, ",
            "Book, ",
        })
        void actsInWhatItIsGiven(String codes, String scopes) {
            keep("dana", scoped(dana(), codes));
            assertThat(proxies.scopesOf("RelatedPerson/dana"))
                    .isEqualTo(
                            scopes == null
                                    ? Map.of()
                                    : Map.of(
                                            "carol",
                                            Stream.of(scopes.split("\\+", -1))
                                                    .map(ProxyScope::valueOf)
                                                    .collect(Collectors.toSet())));
        }

        @Test
        void actsForNobodyWhenItIsUnknown() {
            assertThat(proxies.patientsOf("RelatedPerson/nobody")).isEmpty();
        }
    }

    @Nested
    class APerson {

        @Test
        void actsAsEachOfItsParts() {
            keep("dana", dana());
            keep("dana-2", new RelatedPerson().setPatient(new Reference("Patient/cleo")));
            keep("p", person("RelatedPerson/dana", "RelatedPerson/dana-2", "Patient/d"));
            assertThat(proxies.patientsOf("Person/p")).containsExactlyInAnyOrder("carol", "cleo");
            assertThat(proxies.ownRecordsOf("Person/p")).containsExactly("d");
        }

        @Test
        void actsInWhatAnyOfItsPartsIsGiven() {
            keep("dana", scoped(dana(), "book"));
            keep("dana-2", scoped(dana(), "message"));
            keep("p", person("RelatedPerson/dana", "RelatedPerson/dana-2"));
            assertThat(proxies.scopesOf("Person/p"))
                    .isEqualTo(Map.of("carol", Set.of(ProxyScope.BOOK, ProxyScope.MESSAGE)));
        }

        @Test
        void isNobodyElsewhereOrWhenItIsNotActive() {
            keep("p", person("http://elsewhere.example.org/fhir/Patient/d"));
            assertThat(proxies.ownRecordsOf("Person/p")).isEmpty();
            keep("p", person("Patient/d").setActive(false));
            assertThat(proxies.ownRecordsOf("Person/p")).isEmpty();
        }
    }

    @Nested
    class TheDirectory {

        private final StoredPatients directory = new StoredPatients(
                new Relations(user -> Set.of("alice", "carol"), proxies),
                stored,
                (caller, relations, stage) -> Consents.Asked.NEVER);

        @Test
        void namesThePatientAndTheTie() {
            var carol = new Patient();
            carol.addName().setFamily("Quinn").addGiven("Carol");
            carol.setBirthDateElement(new DateType("2015-03-04"));
            keep("carol", carol);
            keep("dana", dana());
            assertThat(directory.reachableBy("RelatedPerson/dana", Set.of(Role.PROXY), "car", 10))
                    .containsExactly(new KnownPatient(
                            "carol", "Carol Quinn", Optional.of(LocalDate.parse("2015-03-04")), Relation.PROXY));
        }

        @Test
        void namesNobodyWhoseConsentHidesThem() {
            for (var id : List.of("alice", "carol")) {
                var patient = new Patient();
                patient.addName().setFamily(id);
                keep(id, patient);
            }
            var asked = new StoredPatients(
                    new Relations(user -> Set.of("alice", "carol"), proxies),
                    stored,
                    (caller, relations, stage) -> new DeniedBy("carol"));
            assertThat(asked.reachableBy("Practitioner/x", Set.of(Role.CLINICIAN), "", 10))
                    .extracting(KnownPatient::id)
                    .containsExactly("alice");
            assertThat(asked.reachable("Practitioner/x", Set.of(Role.CLINICIAN), "alice"))
                    .isPresent();
            assertThat(asked.reachable("Practitioner/x", Set.of(Role.CLINICIAN), "carol"))
                    .isEmpty();
            assertThat(asked.reaches("Practitioner/x", Set.of(Role.CLINICIAN), "carol"))
                    .isFalse();
        }

        @Test
        void knowsNobodyWithoutTheRole() {
            keep("dana", dana());
            keep("carol", new Patient());
            assertThat(directory.reaches("RelatedPerson/dana", Set.of(Role.PROXY), "carol"))
                    .isTrue();
            assertThat(directory.reaches("RelatedPerson/dana", Set.of(Role.PATIENT), "carol"))
                    .isFalse();
            assertThat(directory.reaches("Patient/carol", Set.of(Role.PATIENT), "carol"))
                    .isTrue();
            assertThat(directory.reaches("Patient/carol", Set.of(Role.PROXY), "carol"))
                    .isFalse();
            assertThat(directory.reaches("Practitioner/x", Set.of(Role.CARE_MANAGER), "carol"))
                    .isTrue();
            assertThat(directory.reaches("Practitioner/x", Set.of(Role.CLERK), "carol"))
                    .isFalse();
        }

        @Test
        void leavesNameOrderAndBoundToTheStore() {
            keep("alice", new Patient());
            directory.reachableBy("Practitioner/x", Set.of(Role.CLINICIAN), " Al  Ad ", 7);
            var search = stored.last().orElseThrow();
            assertThat(search.get("name")).hasSize(2);
            assertThat(search.getSort().getParamName()).isEqualTo("family");
            assertThat(search.getSort().getChain().getParamName()).isEqualTo("given");
            assertThat(search.getLoadSynchronousUpTo()).isEqualTo(7);
        }
    }

    private void keep(String id, Resource resource) {
        resource.setId(id);
        stored.resources()
                .removeIf(old -> old.fhirType().equals(resource.fhirType())
                        && old.getId().equals(id));
        stored.resources().add(resource);
    }

    private static RelatedPerson dana() {
        return new RelatedPerson().setActive(true).setPatient(new Reference("Patient/carol"));
    }

    private static RelatedPerson scoped(RelatedPerson proxy, String codes) {
        Stream.of(codes.split(" ", -1))
                .filter(code -> !code.isEmpty())
                .forEach(code -> proxy.addExtension(ProxyScope.EXTENSION, new CodeType(code)));
        return proxy;
    }

    private static Person person(String... targets) {
        var person = new Person();
        for (var target : targets) {
            person.addLink().setTarget(new Reference(target));
        }
        return person;
    }

    /** A store that finds by logical id alone. */
    private static final class Kept implements StoredSearch {

        private final List<Resource> resources;
        private Optional<SearchParameterMap> last = Optional.empty();

        Kept(List<Resource> resources) {
            this.resources = resources;
        }

        List<Resource> resources() {
            return resources;
        }

        Optional<SearchParameterMap> last() {
            return last;
        }

        @Override
        public <T extends Resource> Stream<T> find(Class<T> type, SearchParameterMap search) {
            last = Optional.of(search);
            var ids = search.get("_id").get(0).stream()
                    .map(id -> ((TokenParam) id).getValue())
                    .collect(Collectors.toSet());
            return resources.stream()
                    .filter(resource -> type.isInstance(resource) && ids.contains(resource.getId()))
                    .map(type::cast);
        }
    }
}
