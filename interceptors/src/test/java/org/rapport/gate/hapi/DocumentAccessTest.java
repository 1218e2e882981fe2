package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.send;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.Relations;
import org.rapport.testing.TestTokens;

/** AC-051: a document is as open as the most closed of its entries, and only as a whole. */
class DocumentAccessTest extends TwoRecords {

    private static final String BASE = "http://127.0.0.1/fhir/";

    @BeforeEach
    void storeDocument() {
        store(document());
    }

    @Test
    void isReadByWhoReadsEachEntry() {
        for (var token : List.of(ALICE, DR_X)) {
            for (var path : List.of("Bundle/doc", "Bundle/doc/_history/1")) {
                var read = get(path, token);
                assertThat(read.statusCode()).isEqualTo(200);
                assertThat(entries(read)).isEqualTo(4);
                assertThat(read.body()).contains("\"id\":\"noted\"", "\"name\":\"North\"");
            }
        }
        assertThat(get("Bundle/doc", DR_Y).statusCode()).isEqualTo(404);
        assertThat(get("Bundle/doc", READER).statusCode()).isEqualTo(200);
    }

    static Stream<Named<UnaryOperator<Bundle>>> closedDocuments() {
        return Stream.of(
                Named.of("an entry of another patient", with(observation("hers", "bob"))),
                Named.of("an entry of two patients", with(ofBoth())),
                Named.of("an entry of nobody", with(new Observation().setId("whose"))),
                Named.of(
                        "an entry about who has no id yet",
                        with(observation("hers", "").setSubject(new Reference("urn:uuid:1")))),
                Named.of("an entry of a type that is closed", with(new Basic().setId("basic"))),
                Named.of(
                        "a file", with(new Binary().setContentType("text/plain").setId("file"))),
                Named.of("parameters", with(new Parameters().setId("parameters"))),
                Named.of("another document", with(document())),
                Named.of(
                        "an answer",
                        with(new Bundle().setType(BundleType.SEARCHSET).setId("found"))),
                Named.of("a Bundle in an entry", with(containing())),
                Named.of("an entry without resource", document -> {
                    document.addEntry().setFullUrl(BASE + "Observation/of-alice");
                    return document;
                }),
                Named.of("an outcome", document -> {
                    document.getEntryFirstRep().getResponse().setOutcome(observation("hers", "bob"));
                    return document;
                }),
                Named.of("an entry of elsewhere", named("https://elsewhere.example/fhir/Observation/noted")),
                Named.of("an entry under another id", named(BASE + "Observation/other")),
                Named.of("an entry under another type", named(BASE + "Condition/noted")),
                Named.of("an entry without address", named("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0")),
                Named.of("nothing", document -> document.setEntry(List.of())),
                Named.of("nothing of a record", document -> {
                    document.getEntry().removeIf(entry -> !(entry.getResource() instanceof Organization));
                    return document;
                }));
    }

    @ParameterizedTest
    @MethodSource("closedDocuments")
    void isHiddenWithAllThatItHolds(UnaryOperator<Bundle> change) {
        store(change.apply(document()));
        assertHidden("2");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DOCUMENT", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void isNoBundleOfAnotherType(BundleType type) {
        store(document().setType(type));
        assertHidden("2");
    }

    private void assertHidden(String version) {
        for (var token : List.of(ALICE, DR_X)) {
            for (var path : List.of("Bundle/%s", "Bundle/%s/_history/" + version)) {
                var hidden = get(path.formatted("doc"), token);
                assertThat(hidden.statusCode()).isEqualTo(404);
                assertThat(normalised(hidden)).isEqualTo(normalised(get(path.formatted("never"), token)));
            }
            assertThat(get("Bundle/doc/_history/1", token).statusCode()).isEqualTo(200);
        }
        assertThat(get("Bundle/doc", READER).statusCode()).isEqualTo(200);
    }

    /** To patients a Practitioner is shown in part. */
    @Test
    void isHiddenFromWhoSeesAnEntryInPart() {
        store(with(new Practitioner().setId("dr-x")).apply(document()));
        assertThat(get("Bundle/doc", ALICE).statusCode()).isEqualTo(404);
        assertThat(get("Bundle/doc", DR_X).statusCode()).isEqualTo(200);
    }

    /** An id alone may be that of somebody elsewhere. */
    @Test
    void isHiddenWhenAnEntryHasAnIdAlone() {
        var document = document();
        document.getEntry().get(2).setFullUrl(null);
        store(document);
        assertThat(get("Bundle/doc", ALICE).statusCode()).isEqualTo(404);
    }

    @Test
    void isHiddenFromWhoSeesWhatAnEntryContainsInPart() {
        var seen = withDoctor(observation("seen", "alice"));
        server.store(seen);
        store(with(seen).apply(document()));
        for (var token : List.of(ALICE, withoutPractitioners())) {
            assertThat(get("Bundle/doc", token).statusCode()).isEqualTo(404);
            assertThat(get("Observation/seen", token).statusCode()).isEqualTo(200);
            assertThat(get("Observation/seen", token).body()).doesNotContain("+49 1");
        }
        assertThat(get("Bundle/doc", DR_X).statusCode()).isEqualTo(200);
        assertThat(get("Observation/seen", DR_X).body()).contains("+49 1");
    }

    private static Observation withDoctor(Observation seen) {
        var doctor = new Practitioner().addTelecom(new ContactPoint().setValue("+49 1"));
        doctor.setId("#dr");
        seen.addPerformer(new Reference("#dr")).addContained(doctor);
        return seen;
    }

    private static String withoutPractitioners() {
        return TestTokens.signed(claims -> claims.subject("alice")
                .claim(
                        "scope",
                        "patient/Bundle.r patient/Composition.r patient/Patient.r patient/Observation.r patient/Organization.r")
                .claim("roles", List.of("patient"))
                .claim("fhirUser", "Patient/alice")
                .claim("patient", "alice"));
    }

    @Test
    void isOfAllPatientsItsEntriesAreOf() {
        server.begin(new Relations(practitioner -> Set.of("alice", "bob"), user -> Set.of()));
        store(with(observation("his", "bob")).apply(document()));
        assertThat(entries(get("Bundle/doc", DR_X))).isEqualTo(5);
        assertThat(get("Bundle/doc", ALICE).statusCode()).isEqualTo(404);
    }

    @Test
    void needsTheScopesOfItsEntries() {
        var types = "patient/Patient.r patient/Composition.r patient/Organization.r";
        assertThat(get("Bundle/doc", alice("patient/Observation.r " + types)).statusCode())
                .isEqualTo(403);
        assertThat(get("Bundle/doc", alice("patient/Bundle.r " + types)).statusCode())
                .isEqualTo(404);
        assertThat(get("Bundle/doc", alice("patient/Bundle.r patient/Observation.r " + types))
                        .statusCode())
                .isEqualTo(200);
    }

    /** A system reads every Bundle, and of its entries those that its scopes open. */
    @Test
    void isShownToASystemAsFarAsItsScopesGo() {
        var read = get("Bundle/doc", TestTokens.system("system/Bundle.r system/Patient.r"));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).contains("Patient/alice").doesNotContain("\"id\":\"noted\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bundle",
                "Bundle?_id=doc",
                "Bundle/_history",
                "Bundle/doc/_history",
                "Patient?_has:Bundle:composition:_id=doc"
            })
    void isSearchedForByNobody(String path) {
        assertDenied(get(path, ALICE));
        assertDenied(get(path, DR_X));
    }

    @Test
    void isWrittenByNobody() {
        for (var token : List.of(ALICE, DR_X)) {
            assertDenied(send("POST", "/Bundle", token, document()));
            assertDenied(send("PUT", "/Bundle/doc", token, document()));
            assertDenied(send("DELETE", "/Bundle/doc", token, ""));
        }
    }

    @Test
    void isNoQuestionToExplainAccess() {
        var officer = TestTokens.person("privacy-kim", "privacy-officer");
        var question = "Patient/alice/$explain-access?user=Practitioner/dr-x&resource=Bundle/";
        assertThat(get(question + "doc", officer).statusCode()).isEqualTo(404);
    }

    private void store(Bundle document) {
        server.store(document);
    }

    private static Bundle document() {
        var composition = new Composition().setSubject(new Reference("Patient/alice"));
        composition.setId("summary");
        var organization = new Organization().setName("North");
        organization.setId("org-north");
        var document = new Bundle().setType(BundleType.DOCUMENT);
        document.setId("doc");
        Stream.of(composition, patient("alice"), observation("noted", "alice"), organization)
                .forEach(resource -> {
                    resource.setId(
                            resource.fhirType() + "/" + resource.getIdElement().getIdPart());
                    document.addEntry().setFullUrl(BASE + resource.getId()).setResource(resource);
                });
        return document;
    }

    private static UnaryOperator<Bundle> with(Resource entry) {
        return document -> {
            var address = entry.fhirType() + "/" + entry.getIdElement().getIdPart();
            document.addEntry().setFullUrl(BASE + address).setResource(entry);
            return document;
        };
    }

    private static UnaryOperator<Bundle> named(String fullUrl) {
        return document -> {
            document.getEntry().get(2).setFullUrl(fullUrl);
            return document;
        };
    }

    private static Resource ofBoth() {
        var visit = new Appointment();
        List.of("alice", "bob").forEach(id -> visit.addParticipant().setActor(new Reference("Patient/" + id)));
        visit.setId("both");
        return visit;
    }

    private static Resource containing() {
        var held = bundle(BundleType.COLLECTION);
        add(held, HTTPVerb.GET, "x", observation("hers", "bob"));
        held.setId("held");
        return observation("holder", "alice").addContained(held);
    }
}
