package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.FHIR;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.testing.RunningServer;
import org.rapport.testing.TestTokens;

@DisplayName("WR-010: creates under a condition")
class ConditionalCreateTest extends TwoRecords {

    @BeforeEach
    void store() {
        server.store(coded("seen-1", "alice", "seen"));
        server.store(coded("twice-1", "alice", "twice"));
        server.store(coded("twice-2", "alice", "twice"));
        server.store(coded("hidden-1", "bob", "hidden"));
    }

    @ParameterizedTest
    @CsvSource({
        "code=hidden,",
        "code=unheard,",
        "Observation?code=seen, Observation?_id=seen-1",
        "code=twice, 'Observation?_id=twice-1,twice-2'",
        "patient.name=bob&code=hidden,",
        "patient.name=alice&code=seen, Observation?_id=seen-1",
    })
    void askTheStoreOnlyForWhatTheCallerSees(String condition, String asked) {
        var bundle = under(condition);
        assertThat(send("POST", "", DR_X, bundle).statusCode()).isEqualTo(200);
        assertThat(lastEntry().getIfNoneExist()).isEqualTo(asked);
    }

    @Test
    void ofSystemsAreTheStoresToAsk() {
        assertThat(send("POST", "", BACKEND, under("code=hidden")).statusCode()).isEqualTo(200);
        assertThat(lastEntry().getIfNoneExist()).isEqualTo("code=hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "Patient?name=alice, 400",
        "code=a?b, 400",
        "' ', 201",
        "=, 400",
        "code, 400",
        "'code=,|', 400",
        "unheard-of=1, 400",
        "_count=1, 400",
        "_filter=code eq a, 400",
        "_include=Observation:patient, 400",
        "_content=hidden, 403",
        "_has:AuditEvent:entity:agent=x, 403",
    })
    void mustAskWhatASearchMay(String condition, int status) {
        assertThat(create(DR_X, condition).statusCode()).isEqualTo(status);
    }

    @Test
    void needTheRightToSearch() {
        var writer = TestTokens.signed(claims -> claims.subject("dr-x")
                .claim("scope", "user/Observation.c")
                .claim("roles", List.of("clinician"))
                .claim("fhirUser", "Practitioner/dr-x"));
        assertThat(create(writer, "code=unheard").statusCode()).isEqualTo(403);
    }

    @Test
    void areRefusedWhenOthersMadeItMeanwhile() {
        server.meanwhile(() -> server.store(coded("meanwhile", "bob", "fresh")));
        assertThat(create(DR_X, "code=fresh").statusCode()).isEqualTo(201);
        server.meanwhile(() -> server.store(coded("meanwhile", "alice", "fresh")));
        var refused = create(DR_X, "code=fresh");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("\"code\":\"conflict\"").doesNotContain("fresh");
    }

    @Test
    void areNotTheSameTwiceInABundle() {
        var bundle = under("code=%66resh&status=final");
        bundle.addEntry(under("Observation?status=final&code=fresh").getEntryFirstRep());
        assertThat(send("POST", "", DR_X, bundle).statusCode()).isEqualTo(400);
    }

    @Test
    void areNotTwoThatFindTheSameInABundle() {
        var bundle = under("code=seen");
        bundle.addEntry(under("code=seen&patient=Patient/alice").getEntryFirstRep());
        assertThat(send("POST", "", DR_X, bundle).statusCode()).isEqualTo(400);
    }

    @Test
    void areNoneWhereNothingIsCreatedOrNothingIsAsked() {
        var bundle = new Bundle().setType(BundleType.BATCH);
        bundle.addEntry()
                .getRequest()
                .setMethod(HTTPVerb.GET)
                .setUrl("Patient/alice")
                .setIfNoneExist("identifier=1");
        var nothing = under("").getEntryFirstRep();
        nothing.getRequest().getIfNoneExistElement().addExtension("urn:x", new StringType("y"));
        bundle.addEntry(nothing);
        assertThat(send("POST", "", DR_X, bundle).statusCode()).isEqualTo(200);
    }

    /** The desk sees no reasons. */
    @Test
    void askNothingOfWhatIsMasked() {
        var visit = "{\"resourceType\": \"Appointment\", \"status\": \"proposed\"}";
        assertThat(create(TestTokens.person("desk", "clerk"), "Appointment", "reason-code=1", visit)
                        .statusCode())
                .isEqualTo(403);
    }

    private Bundle.BundleEntryRequestComponent lastEntry() {
        return server.lastBundle().orElseThrow().getEntryFirstRep().getRequest();
    }

    private static Bundle under(String condition) {
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(sent())
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Observation")
                .setIfNoneExist(condition);
        return bundle;
    }

    private static Observation sent() {
        return observation("", "alice");
    }

    private static HttpResponse<String> create(String token, String condition) {
        return create(token, "Observation", condition, FHIR.newJsonParser().encodeResourceToString(sent()));
    }

    private static HttpResponse<String> create(String token, String type, String condition, String content) {
        return send(RunningServer.request("/fhir/" + type, token)
                .header("If-None-Exist", condition)
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(content)));
    }
}
