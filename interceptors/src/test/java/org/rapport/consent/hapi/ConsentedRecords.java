package org.rapport.consent.hapi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.rapport.access.Consents;
import org.rapport.access.Relations;
import org.rapport.consent.ImplicitPolicy;
import org.rapport.consent.Use.House;
import org.rapport.consent.fhir.CodeSystems;
import org.rapport.consent.fhir.LocalReferences;
import org.rapport.consent.fhir.ResourceReader;
import org.rapport.consent.hapi.ConsentsOnFile.Ground;
import org.rapport.gate.hapi.TestFhirServer;
import org.rapport.kept.Sources;
import org.rapport.kept.WatchedChanges;
import org.rapport.labelling.LabelLists;
import org.rapport.labelling.Labelling;
import org.rapport.relation.hapi.InForce;
import org.rapport.testing.RunningServer;
import org.rapport.testing.TestDatabase;
import org.rapport.testing.TestTokens;

/** Alice and Bob, both treated by Dr X, on a server that asks their consents; Alice has a guardian. */
abstract class ConsentedRecords {

    static final String ALICE = TestTokens.patient("alice");
    static final String DR_X = TestTokens.clinician("dr-x");
    static final String BACKEND = TestTokens.system("system/*.cruds");

    private static final TestDatabase DATABASE = TestDatabase.with("V2026.11.21.10__change_log.sql");
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);
    private static final LocalReferences REFERENCES = new LocalReferences("http://127.0.0.1/fhir");
    private static final Relations RELATIONS = new Relations(
            practitioner -> practitioner.equals("Practitioner/dr-x") ? Set.of("alice", "bob") : Set.of(),
            user -> user.equals("RelatedPerson/guardian") ? Set.of("alice") : Set.of());

    final TestFhirServer server = RunningServer.fhir();
    final KeptResources store = new KeptResources();
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void begin() {
        beginWith(ImplicitPolicy.BASIC_NORMAL);
    }

    void beginWith(ImplicitPolicy policy) {
        server.begin(RELATIONS, consents(policy, DATABASE));
        for (var id : List.of("alice", "bob")) {
            var patient = new Patient();
            patient.setId(id);
            server.store(patient);
            server.store(observation("of-" + id, id));
        }
    }

    /** A database without change log tells no changes. */
    void beginWithoutChangeLog() {
        server.begin(RELATIONS, consents(ImplicitPolicy.ALL_NORMAL, TestDatabase.with()));
    }

    private Consents consents(ImplicitPolicy policy, TestDatabase database) {
        var changes = new WatchedChanges(database.client(), nanos::get);
        var sources = new Sources(changes, Set.of("Consent", "Patient", "Group"));
        var kept = new KeptConsents(
                new StoredConsents(store, store::current, REFERENCES, sources::add),
                new StoredMemberships(store, store::current, REFERENCES, new InForce(NOON)),
                changes,
                sources,
                nanos::get,
                () -> false);
        var house = new House(policy, ZoneOffset.UTC);
        var labelling = new Labelling(LabelLists.shipped());
        var withheld = Set.of("PSYTHPN");
        return new ConsentsOnFile(
                new Ground(kept, new ResourceReader(REFERENCES, Instant.EPOCH), labelling, house, withheld), NOON);
    }

    /** Puts a consent on file; the server hears of it within a second. */
    void file(String id, Consent consent) {
        store.keep(id, consent);
        changed("Consent");
    }

    void changed(String type) {
        DATABASE.client()
                .sql("insert into change_log (resource_type, resource_id, version, kind) values (?, '1', 1, 'U')")
                .param(type)
                .update();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    static Observation observation(String id, String patient) {
        var observation = new Observation().setSubject(new Reference("Patient/" + patient));
        observation.setId(id);
        return observation;
    }

    static Observation labelled(String id, String confidentiality) {
        return labelled(id, CodeSystems.CONFIDENTIALITY, confidentiality);
    }

    static Observation labelled(String id, String system, String code) {
        var observation = observation(id, "alice");
        observation.getMeta().addSecurity(new Coding(system, code, null));
        return observation;
    }

    static String doctorFor(String purpose) {
        return TestTokens.signed(claims -> claims.subject("dr-x")
                .claim("scope", "user/*.cruds")
                .claim("roles", List.of("clinician"))
                .claim("fhirUser", "Practitioner/dr-x")
                .claim("patient", "alice")
                .claim("purpose_of_use", purpose));
    }

    static String guardian() {
        return TestTokens.signed(claims -> claims.subject("guardian")
                .claim("scope", "patient/*.cruds")
                .claim("roles", List.of("proxy"))
                .claim("fhirUser", "RelatedPerson/guardian")
                .claim("patient", "alice"));
    }
}
