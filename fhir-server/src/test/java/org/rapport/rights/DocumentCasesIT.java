package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.ids;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.resource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;
import org.rapport.server.cli.PersonToken;

/** Stored documents are as open as the most closed of their entries. */
class DocumentCasesIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static final Duration SOON = Duration.ofSeconds(1);

    private static World world;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        world.store("Bundle", "dc-own", document(about("alice")));
        world.store("Bundle", "dc-foreign", document(about("alice"), observed("dc-his", "bob", "dc")));
    }

    @AfterAll
    static void forget() {
        World.delete(world.backend(), "List/dc-list");
    }

    @Test
    @DisplayName("AC-051: a document is read, and by version, by who may read each of its entries")
    void isReadByWhoReadsEachEntry() {
        for (var session : List.of(world.alice(), world.drAdams())) {
            for (var path : List.of("Bundle/dc-own", "Bundle/dc-own/_history/1")) {
                assertThat(ids(FhirSession.json(session.get(path))))
                        .containsExactly("Composition/dc-alice", "Patient/alice", "Observation/dc-alice");
                var answer = FhirSession.json(session.post("", batch(path)));
                assertThat(ids(answer.at("/entry/0/resource"))).hasSize(3);
            }
        }
        assertHidden(world.bob().get("Bundle/dc-own"), world.bob().get("Bundle/never-there"));
        assertDenied(SHARED.server().personSession("clerk-lee").get("Bundle/dc-own"));
        assertThat(ids(FhirSession.json(world.backend().get("Bundle/dc-foreign"))))
                .hasSize(4);
    }

    @Test
    @DisplayName("AC-051: a document with a foreign entry is one that never was")
    void isHiddenWithAForeignEntry() {
        for (var session : List.of(world.alice(), world.bob(), world.drAdams(), world.drBrandt())) {
            assertNeverWas(session, "dc-foreign", 1);
        }
    }

    @ParameterizedTest
    @DisplayName("AC-051: what is no document of our own resources has no reader but services")
    @ValueSource(strings = {"collection", "message"})
    void isNoOtherBundle(String type) {
        var id = "dc-" + type;
        world.store(
                "Bundle", id, document(about("alice")).replace("\"type\": \"document\"", "\"type\": \"" + type + "\""));
        assertNeverWas(world.alice(), id, 1);
        assertNeverWas(world.drAdams(), id, 1);
        assertThat(world.backend().get("Bundle/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "AC-051: what an entry is cannot be told from elsewhere's id, from nobody's, or from within another Bundle")
    void isHiddenWithAnEntryOfNobodyHere() {
        var entries = Stream.of(
                        "{\"fullUrl\": \"https://elsewhere.example/fhir/Observation/dc-x\", \"resource\": %s}"
                                .formatted(resource("Observation", "dc-x", observation("alice", "dc"))),
                        """
                        {"fullUrl": "urn:uuid:3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f11",
                         "resource": {"resourceType": "Observation", %s}}""".formatted(observation("alice", "dc")),
                        entry(resource("Observation", "dc-x", "\"status\": \"final\", \"code\": {\"text\": \"dc\"}")),
                        entry(resource("Bundle", "dc-x", document(about("alice")))),
                        entry(resource("Binary", "dc-x", "\"contentType\": \"text/plain\", \"data\": \"eA==\"")),
                        "{\"fullUrl\": \"%s/fhir/Patient/alice\"}"
                                .formatted(SHARED.server().origin()))
                .toList();
        for (int i = 0; i < entries.size(); i++) {
            var id = "dc-nobody-" + i;
            world.store("Bundle", id, document(about("alice"), entries.get(i)));
            assertNeverWas(world.alice(), id, 1);
            assertNeverWas(world.drAdams(), id, 1);
        }
    }

    @Test
    @DisplayName("AC-051: a document is read in its versions one by one, each by what it held")
    void isReadVersionByVersion() {
        world.store("Bundle", "dc-changed", document(about("alice"), observed("dc-his", "bob", "dc")));
        world.store("Bundle", "dc-changed", document(about("alice")));
        assertThat(world.alice().get("Bundle/dc-changed").statusCode()).isEqualTo(200);
        assertHidden(
                world.alice().get("Bundle/dc-changed/_history/1"), world.alice().get("Bundle/never-there/_history/1"));
        assertDenied(world.alice().get("Bundle/dc-changed/_history"));
        World.delete(world.backend(), "Bundle/dc-changed");
        assertNeverWas(world.alice(), "dc-changed", 3);
    }

    @Test
    @DisplayName("AC-051: people neither search documents nor write them, and are led to none that is hidden")
    void isFoundByNobody() {
        var own = resource("Bundle", "dc-own", document(about("alice")));
        for (var session : List.of(world.alice(), world.drAdams())) {
            assertDenied(session.get("Bundle?_id=dc-own"));
            assertDenied(session.get("Bundle?composition.patient=Patient/alice"));
            assertDenied(session.post("Bundle", own));
            assertDenied(World.put(session, "Bundle/dc-own", own));
            assertDenied(World.delete(session, "Bundle/dc-own"));
        }
        world.store("List", "dc-list", """
                "status": "current", "mode": "working", "subject": {"reference": "Patient/alice"},
                "entry": [{"item": {"reference": "Bundle/dc-own"}}, {"item": {"reference": "Bundle/dc-foreign"}}]""");
        for (var session : List.of(world.alice(), world.drAdams())) {
            assertThat(ids(FhirSession.json(session.get("List?_id=dc-list&_include=List:item"))))
                    .containsExactlyInAnyOrder("List/dc-list", "Bundle/dc-own");
        }
    }

    @Test
    @DisplayName("AC-051: a document needs the scopes of its entries")
    void needsTheScopesOfItsEntries() {
        assertNeverWas(narrow("patient/Bundle.r patient/Patient.r patient/Composition.r"), "dc-own", 1);
        var without = narrow("patient/Patient.r patient/Composition.r patient/Observation.r");
        assertThat(without.get("Bundle/dc-own").statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("AC-051: entries are judged by the labels that they would have got, and a consent hides the whole")
    void isHiddenByAConsentAboutAnEntry() {
        world.store(
                "Patient",
                "dc-carla",
                "\"name\": [{\"family\": \"Consenting\"}],"
                        + " \"generalPractitioner\": [{\"reference\": \"Practitioner/dr-adams\"}]");
        world.store("Bundle", "dc-plain", document(about("dc-carla")));
        var sensitive = observation("dc-carla", "75622-1").replace("urn:test:codes", "http://loinc.org");
        world.store(
                "Bundle",
                "dc-sensitive",
                document(about("dc-carla"), entry(resource("Observation", "dc-hiv", sensitive))));
        assertThat(ids(FhirSession.json(world.drAdams().get("Bundle/dc-sensitive"))))
                .contains("Observation/dc-hiv");
        world.store("Consent", "dc-consent", """
                "status": "active", "patient": {"reference": "Patient/dc-carla"},
                "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                  "code": "patient-privacy"}]},
                "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
                "policyRule": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]},
                "provision": {"type": "permit", "provision": [{"type": "deny", "securityLabel": [
                  {"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]}]}""");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> world.drAdams().get("Bundle/dc-sensitive").statusCode() == 404);
        assertNeverWas(world.drAdams(), "dc-sensitive", 1);
        assertThat(ids(FhirSession.json(world.drAdams().get("Bundle/dc-plain"))))
                .containsExactly("Composition/dc-dc-carla", "Patient/dc-carla", "Observation/dc-dc-carla");
    }

    @Test
    @DisplayName("AC-051: who has read a document stands in the audit log of each patient it is about")
    void tellsOfEachPatientItIsAbout() {
        assertThat(world.drAdams().get("Bundle/dc-own").statusCode()).isEqualTo(200);
        assertThat(world.backend().get("Bundle/dc-foreign").statusCode()).isEqualTo(200);
        assertThat(audited("dc-own", "alice")).contains("Practitioner/dr-adams");
        assertThat(audited("dc-foreign", "alice")).isNotEmpty();
        assertThat(audited("dc-foreign", "bob")).isNotEmpty();
    }

    private static String audited(String document, String patient) {
        var officer = SHARED.server().personSession("privacy-kim");
        return FhirSession.json(officer.get(
                        "AuditEvent?patient=Patient/%s&entity=Bundle/%s&action=R".formatted(patient, document)))
                .path("entry")
                .toString();
    }

    private static FhirSession narrow(String scope) {
        return SHARED.server()
                .sessionWith(new PersonToken(
                        SHARED.server().plan().dataDirectory(),
                        "alice",
                        "demo-app",
                        "openid fhirUser launch/patient " + scope));
    }

    private static void assertNeverWas(FhirSession session, String id, int version) {
        assertHidden(session.get("Bundle/" + id), session.get("Bundle/never-there"));
        assertHidden(
                session.get("Bundle/%s/_history/%d".formatted(id, version)),
                session.get("Bundle/never-there/_history/" + version));
        var answer = FhirSession.json(session.post("", batch("Bundle/" + id, "Bundle/never-there")));
        assertThat(answer.at("/entry/0")).isEqualTo(answer.at("/entry/1"));
        assertThat(answer.at("/entry/0/response/status").asText()).startsWith("404");
    }

    private static String batch(String... urls) {
        return "{\"resourceType\": \"Bundle\", \"type\": \"batch\", \"entry\": ["
                + Stream.of(urls)
                        .map("{\"request\": {\"method\": \"GET\", \"url\": \"%s\"}}"::formatted)
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static String document(String... entries) {
        return "\"type\": \"document\", \"entry\": [" + String.join(",", entries) + "]";
    }

    /** A Composition, a Patient and an Observation. */
    private static String about(String patient) {
        return String.join(
                ",",
                entry(resource("Composition", "dc-" + patient, """
                        "status": "final", "type": {"text": "Summary"}, "title": "Summary", "date": "2026-11-01",
                        "subject": {"reference": "Patient/%s"}, "author": [{"reference": "Practitioner/dr-adams"}],
                        "section": [{"entry": [{"reference": "Observation/dc-%s"}]}]""".formatted(patient, patient))),
                entry(resource("Patient", patient, "\"active\": true")),
                observed("dc-" + patient, patient, "dc"));
    }

    private static String observed(String id, String patient, String code) {
        return entry(resource("Observation", id, observation(patient, code)));
    }

    private static String entry(String resource) {
        var read = FhirSession.parsed(resource);
        return "{\"fullUrl\": \"%s/fhir/%s/%s\", \"resource\": %s}"
                .formatted(
                        SHARED.server().origin(),
                        read.path("resourceType").asText(),
                        read.path("id").asText(),
                        resource);
    }
}
