package org.rapport.consent.fhir;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.consent.ImplicitPolicy;
import org.rapport.consent.ProtectedResource;
import org.rapport.consent.ProtectedResource.Person;
import org.rapport.consent.Use;
import org.rapport.consent.Use.House;
import org.rapport.consent.Use.Recipient;

/** The world of the decision table: Dr A of H1, Dr B of H2, a clerk, a researcher, and Alice's resources. */
final class TestUses {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant LABELLED_SINCE = Instant.parse("2026-01-01T00:00:00Z");
    static final LocalReferences REFERENCES = new LocalReferences("http://127.0.0.1/fhir");

    static final Recipient DR_A =
            recipient(true, "Practitioner/dr-a", "PractitionerRole/dr-a-h1", "Organization/h1", "CareTeam/team");
    static final Recipient DR_B = recipient(true, "Practitioner/dr-b", "Organization/h2");
    static final Recipient CLERK = recipient(false, "Practitioner/clerk", "Organization/h1");
    static final Recipient RESEARCH = recipient(false, "Practitioner/r1");
    static final Recipient ALICE = new Recipient(Set.of("Patient/alice"), false, Set.of("alice"), Set.of("NOPAT"));

    private static final Person ALICE_RECORD = new Person("alice", Set.of());

    private static final Map<String, Resource> STORED = Map.of(
            "Practitioner/dr-a", new Practitioner(),
            "Practitioner/dr-b", new Practitioner(),
            "Practitioner/r1", new Practitioner(),
            "Organization/h1", new Organization(),
            "Organization/h2", new Organization(),
            "Group/g", new Group().setActual(true),
            "Group/vague", new Group().setActual(false),
            "Encounter/e1", new Encounter().addDiagnosis(diagnosis("Condition/k1")),
            "CarePlan/plan", new CarePlan());

    private TestUses() {}

    static ConsentReader consents() {
        return new ConsentReader(REFERENCES, reference -> Optional.ofNullable(STORED.get(reference)));
    }

    static Recipient recipient(boolean treats, String... references) {
        return new Recipient(Set.of(references), treats, Set.of(), Set.of());
    }

    static Use treatment(Recipient who) {
        return use(who, "TREAT", ImplicitPolicy.BASIC_NORMAL);
    }

    static Use use(Recipient who, String purpose, ImplicitPolicy implicit) {
        return new Use(who, purpose, Use.Action.ACCESS, NOW, new House(implicit, ZONE));
    }

    static Use at(Use use, Instant now) {
        return new Use(use.who(), use.purpose(), use.action(), now, use.house());
    }

    static Use doing(Use use, Use.Action action) {
        return new Use(use.who(), use.purpose(), action, use.now(), use.house());
    }

    static ProtectedResource ofAlice(Resource resource) {
        return read(resource, ALICE_RECORD);
    }

    static ProtectedResource read(Resource resource, Person... patients) {
        return new ResourceReader(REFERENCES, LABELLED_SINCE).read(resource, Set.of(patients));
    }

    static ProtectedResource o1() {
        return ofAlice(observation("o1", "2022-05", "dr-a").setEncounter(new Reference("Encounter/e1")));
    }

    static ProtectedResource o2() {
        return ofAlice(labelled(observation("o2", "2023", "dr-a"), "R", "PSY"));
    }

    static ProtectedResource o3() {
        return ofAlice(observation("o3", "2021", "dr-b"));
    }

    static ProtectedResource o4() {
        return ofAlice(labelled(observation("o4", "2023", "dr-a"), "R", "PSY", "SDV"));
    }

    static ProtectedResource o5() {
        var unseen = observation("o5", "2023", "dr-a");
        unseen.getMeta().setLastUpdated(Date.from(LABELLED_SINCE.minusSeconds(1)));
        return ofAlice(unseen);
    }

    static ProtectedResource withoutDate() {
        var observation = observation("o6", "2023", "dr-a");
        observation.setEffective(null);
        return ofAlice(observation);
    }

    static ProtectedResource condition() {
        var condition = new Condition().setSubject(new Reference("Patient/alice"));
        condition.setId("Condition/k1/_history/1");
        return ofAlice(seen(condition));
    }

    static Observation observation(String id, String dated, String author) {
        var observation = new Observation()
                .setSubject(new Reference("Patient/alice"))
                .setEffective(new DateTimeType(dated))
                .addPerformer(new Reference("Practitioner/" + author));
        observation.setId(new IdType("Observation", id, "1"));
        return seen(observation);
    }

    static <T extends Resource> T labelled(T resource, String... labels) {
        for (var label : labels) {
            var system = label.length() == 1 ? CodeSystems.CONFIDENTIALITY : CodeSystems.ACT_CODE;
            resource.getMeta().addSecurity(new Coding(system, label, null));
        }
        return resource;
    }

    static <T extends Resource> T seen(T resource) {
        resource.getMeta().setLastUpdated(Date.from(LABELLED_SINCE));
        return resource;
    }

    private static Encounter.DiagnosisComponent diagnosis(String condition) {
        return new Encounter.DiagnosisComponent().setCondition(new Reference(condition));
    }
}
