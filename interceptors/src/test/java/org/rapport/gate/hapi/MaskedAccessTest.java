package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.testing.TestTokens;

class MaskedAccessTest extends TwoRecords {

    private static final String DESK = TestTokens.person("desk", "clerk");
    private static final String BOTH = TestTokens.signed(claims -> claims.subject("dr-x")
            .claim("scope", "user/*.cruds")
            .claim("roles", List.of("clerk", "clinician"))
            .claim("fhirUser", "Practitioner/dr-x"));

    @BeforeEach
    void storeVisits() {
        server.store(visit("alice"));
        server.store(visit("bob"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Appointment/visit-bob",
                "Appointment/visit-bob/_history/1",
                "Appointment/visit-bob/_history",
                "Appointment",
                "Appointment?status=booked",
            })
    void showsAPartWhateverWayItIsFound(String path) {
        var seen = get(path, DESK);
        assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
        assertThat(seen.body())
                .contains("visit-bob", "For the list", "SUBSETTED", "REDACTED")
                .doesNotContain("canary");
        assertThat(get(path, BACKEND).body()).contains("canary").doesNotContain("SUBSETTED", "REDACTED");
    }

    @Test
    void leavesTheStoredResourceAsItIs() {
        get("Appointment/visit-bob", DESK);
        assertThat(((Appointment) server.current("Appointment", "visit-bob").orElseThrow()).getComment())
                .isEqualTo("canary");
        assertThat(get("Appointment/visit-bob", DESK).headers().firstValue("ETag"))
                .isEqualTo(get("Appointment/visit-bob", BACKEND).headers().firstValue("ETag"));
    }

    @Test
    void showsToWhoHasTwoRolesWhatOneOfThemShows() {
        assertThat(get("Appointment/visit-alice", BOTH).body()).contains("canary");
        assertThat(get("Appointment/visit-bob", BOTH).body())
                .contains("For the list")
                .doesNotContain("canary");
    }

    @Test
    @DisplayName("WR-025: answers a write as a read")
    void answersAWriteAsARead() {
        var made = send(request("/fhir/Appointment", DESK)
                .header("Content-Type", "application/fhir+json")
                .header("Prefer", "return=representation")
                .POST(BodyPublishers.ofString("""
                        {"resourceType": "Appointment", "description": "For the list", "comment": "canary",
                         "participant": [{"actor": {"reference": "Patient/bob"}}]}""")));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).contains("For the list", "REDACTED").doesNotContain("canary");
    }

    @ParameterizedTest
    @DisplayName("AC-019, AC-031: refuses what asks about what is masked")
    @ValueSource(
            strings = {
                "Appointment?reason-code=x",
                "Appointment?reason-code:missing=true",
                "Appointment?reason-code:not=x",
                "Appointment?reason-reference=Condition/1",
                "Appointment?reason-reference:Condition.code=x",
                "Appointment?based-on=ServiceRequest/1",
                "Appointment?supporting-info=DocumentReference/1",
                "Appointment?unheard=x",
                "Appointment?_sort=reason-code",
                "Appointment?_sort=date,-reason-code",
                "Appointment?_include=Appointment:reason-reference",
                "Patient?_revinclude=Appointment:supporting-info",
                "Patient?_has:Appointment:patient:reason-code=x",
                "Patient?_has:Appointment:supporting-info:status=booked",
                "Appointment?actor:RelatedPerson.birthdate=ge1980",
                "Patient?_has:RelatedPerson:patient:birthdate=ge1980",
            })
    void refusesWhatAsksAboutWhatIsMasked(String search) {
        assertDenied(get(search, DESK));
    }

    @ParameterizedTest
    @DisplayName("AC-019: refuses what a patient asks along the way")
    @ValueSource(
            strings = {
                "Observation?performer:Practitioner.phone=555",
                "Observation?performer:Practitioner.email=x",
                "Patient?general-practitioner:Practitioner.address-city=x",
            })
    void refusesWhatAsksAlongTheWay(String search) {
        assertDenied(get(search, ALICE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Appointment?status=booked&_count=5&_elements=status",
                "Appointment?patient=Patient/bob&_sort=date",
                "Appointment?_id=visit-bob&_lastUpdated=ge2000&_security:not=x",
                "Appointment?patient.family=bob",
                "Patient?birthdate=ge1980",
            })
    void answersTheOtherQuestions(String search) {
        assertThat(get(search, DESK).statusCode()).isEqualTo(200);
    }

    /** A scope that is limited by what is masked would show which resources have it. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "user/Appointment.rs?reason-code=urn:test|x, 403",
        "user/Appointment.rs?status=booked,          200",
    })
    void opensNothingByAScopeThatAsksAboutWhatIsMasked(String scope, int status) {
        var limited = TestTokens.signed(claims -> claims.subject("desk")
                .claim("scope", scope)
                .claim("roles", List.of("clerk"))
                .claim("fhirUser", "Practitioner/desk"));
        assertThat(get("Appointment/visit-bob", limited).statusCode()).isEqualTo(status);
        assertThat(get("Appointment", limited).statusCode()).isEqualTo(status);
    }

    @Test
    void asksInABatchAsBySearch() {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.GET, "Appointment?reason-code=x");
        assertDenied(send("POST", "", DESK, batch));
    }

    @Test
    void takesNoWholeResourceFromWhoSeesAPart() {
        var whole = visit("bob");
        whole.setComment(null);
        var without = change("PUT", "application/fhir+json", json(whole));
        var with = change("PUT", "application/fhir+json", json(visit("bob")));
        assertThat(without.statusCode()).as(without.body()).isEqualTo(422);
        assertThat(normalised(without)).isEqualTo(normalised(with));
        assertThat(((Appointment) server.current("Appointment", "visit-bob").orElseThrow()).getComment())
                .isEqualTo("canary");
    }

    /** Who reads a part at the desk does not put it back as somebody else. */
    @Test
    void storesNoPartFromAnybody() {
        var part = get("Appointment/visit-alice", DESK).body();
        for (var token : List.of(DR_X, BACKEND)) {
            var answer = send(request("/fhir/Appointment/visit-alice", token)
                    .header("Content-Type", "application/fhir+json")
                    .header("If-Match", "W/\"1\"")
                    .PUT(BodyPublishers.ofString(part)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        }
        assertThat(get("Appointment/visit-alice", BACKEND).body()).contains("canary");
    }

    @Test
    void takesTheSameInBundles() {
        for (var type : List.of(BundleType.BATCH, BundleType.TRANSACTION)) {
            var replacing = bundle(type);
            add(replacing, HTTPVerb.PUT, "Appointment/visit-bob").setResource(visit("bob"));
            replacing.getEntryFirstRep().getRequest().setIfMatch("W/\"1\"");
            assertThat(send("POST", "", DESK, replacing).statusCode()).isEqualTo(422);
            var testing = bundle(type);
            add(testing, HTTPVerb.PATCH, "Appointment/visit-bob")
                    .setResource(new Binary()
                            .setContentType("application/json-patch+json")
                            .setData("[{\"op\":\"test\",\"path\":\"/comment\",\"value\":\"x\"}]"
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            testing.getEntryFirstRep().getRequest().setIfMatch("W/\"1\"");
            assertThat(send("POST", "", DESK, testing).statusCode()).isEqualTo(422);
        }
    }

    private static Appointment visit(String patient) {
        var visit = new Appointment()
                .setStatus(AppointmentStatus.BOOKED)
                .setDescription("For the list")
                .setComment("canary")
                .addReasonCode(new CodeableConcept().setText("canary"))
                .addReasonReference(new Reference("#why"));
        visit.addParticipant().setActor(new Reference("Patient/" + patient));
        var why = new Condition().setCode(new CodeableConcept().setText("canary"));
        why.setId("why");
        visit.addContained(why);
        visit.getText().setDivAsString("<div>canary</div>");
        visit.setId("visit-" + patient);
        return visit;
    }

    private static HttpResponse<String> change(String method, String contentType, String body) {
        return send(request("/fhir/Appointment/visit-bob", DESK)
                .header("Content-Type", contentType)
                .header("If-Match", "W/\"1\"")
                .method(method, BodyPublishers.ofString(body)));
    }

    private static String json(org.hl7.fhir.r4.model.Resource resource) {
        return org.rapport.testing.RunningServer.FHIR.newJsonParser().encodeResourceToString(resource);
    }
}
