package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.send;

import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.search.hapi.SearchNarrowing;
import org.rapport.testing.TestTokens;

class BundleAccessTest extends TwoRecords {

    @Test
    @DisplayName("BX-001: hide in a batch what is hidden")
    void hideInABatchWhatIsHidden() {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.PUT, "Observation/of-bob", observation("of-bob", "alice"));
        add(batch, HTTPVerb.PUT, "Observation/of-nobody", observation("of-nobody", "alice"));
        add(batch, HTTPVerb.PUT, "Observation/of-alice", observation("of-alice", "alice"));
        assertThat(send("POST", "", DR_X, batch).statusCode()).isEqualTo(200);
        assertThat(server.lastBundle().orElseThrow().getEntry())
                .extracting(entry -> entry.getRequest().getMethod() + " "
                        + entry.getRequest().getUrl())
                .containsExactly(
                        "GET Patient/" + SearchNarrowing.NOBODY,
                        "GET Patient/" + SearchNarrowing.NOBODY,
                        "PUT Observation/of-alice");
    }

    @Test
    void stopATransactionForWhatIsHidden() {
        var transaction = bundle(BundleType.TRANSACTION);
        add(transaction, HTTPVerb.POST, "Observation", observation("", "alice"));
        add(transaction, HTTPVerb.PUT, "Observation/of-bob", observation("of-bob", "alice"));
        assertThat(send("POST", "", DR_X, transaction).statusCode()).isEqualTo(404);
        assertThat(server.lastBundle()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    Observation?patient.unheard=x",
        "GET,    Observation?_include=Observation:subject",
        "GET,    Observation/_history",
        "GET,    _history",
        "GET,    ValueSet/$expand",
        "GET,    Patient/$meta",
        "GET,    Observation/of-alice/_history/1/2",
        "POST,   Observation/of-alice/_history",
        "GET,    Patient?_has:Group:member:code=x",
        "DELETE, Observation/of-alice",
        "DELETE, Observation?identifier=x",
        "GET,    Basic/1",
    })
    void stopWhatIsNotForTheCaller(HTTPVerb method, String url) {
        var batch = bundle(BundleType.BATCH);
        add(batch, method, url);
        assertDenied(send("POST", "", DR_X, batch));
        assertThat(server.lastBundle()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("OP-019: know no operation that is switched off")
    @ValueSource(strings = {"Observation/$lastn", "$reindex", "Patient/$evaluate-measure"})
    void knowNoOperationThatIsOff(String url) {
        var transaction = bundle(BundleType.TRANSACTION);
        add(transaction, HTTPVerb.GET, url);
        assertThat(send("POST", "", DR_X, transaction).statusCode()).isEqualTo(404);
        assertThat(send("POST", "", BACKEND, transaction).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("BX-001: a history of what is hidden is one of what never was")
    void hideTheHistoryOfWhatIsHidden() {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.GET, "Observation/of-bob/_history");
        add(batch, HTTPVerb.GET, "Observation/of-bob/_history?_count=1");
        add(batch, HTTPVerb.GET, "/Observation/of-nobody/_history");
        add(batch, HTTPVerb.GET, "Observation/of-alice/_history");
        assertThat(send("POST", "", DR_X, batch).statusCode()).isEqualTo(200);
        assertThat(server.lastBundle().orElseThrow().getEntry())
                .extracting(entry -> entry.getRequest().getUrl())
                .containsExactly(
                        "Patient/" + SearchNarrowing.NOBODY,
                        "Patient/" + SearchNarrowing.NOBODY,
                        "Patient/" + SearchNarrowing.NOBODY,
                        "Observation/of-alice/_history");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?name=%zz",
                "Patient?%5Fcount=x",
                "Patient?%5Fcount=99999999999",
                "Observation/of-alice/$validate",
                "Patient/alice/$everything"
            })
    void refuseWhatIsNoUrlOfAnEntry(String url) {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.GET, url);
        assertThat(send("POST", "", DR_X, batch).statusCode()).isEqualTo(400);
    }

    @Test
    void narrowTheirSearches() {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.GET, "Observation?code=x");
        add(batch, HTTPVerb.GET, "Patient");
        add(batch, HTTPVerb.GET, "Organization?_count=1000");
        assertThat(send("POST", "", DR_X, batch).statusCode()).isEqualTo(200);
        assertThat(server.lastBundle().orElseThrow().getEntry())
                .extracting(entry -> entry.getRequest().getUrl())
                .containsExactly(
                        "Observation?code=x&patient=Patient%2Falice", "Patient?_id=alice", "Organization?_count=200");
    }

    @Test
    void answerWhatTheirSearchesAskOfOthers() {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.GET, "Observation?patient.name=alice&status=final");
        add(batch, HTTPVerb.GET, "Observation?patient.name=bob");
        assertThat(send("POST", "", DR_X, batch).statusCode()).isEqualTo(200);
        assertThat(server.lastBundle().orElseThrow().getEntry())
                .extracting(entry -> entry.getRequest().getUrl())
                .satisfiesExactly(
                        url -> assertThat(url)
                                .startsWith("Observation?")
                                .containsOnlyOnce("patient=Patient%2Falice")
                                .doesNotContain("name"),
                        url -> assertThat(url)
                                .isEqualTo("Observation?_id=" + SearchNarrowing.NOBODY + "&patient=Patient%2Falice"));
    }

    @Test
    @DisplayName("WR-008, WR-015: keep what changes must say")
    void keepWhatChangesMustSay() {
        var appointment = new Appointment();
        appointment.addParticipant().setActor(new Reference("Patient/alice"));
        appointment.setId("visit");
        server.store(appointment);
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.PUT, "Appointment/visit", appointment);
        assertThat(send("POST", "", DR_X, batch).statusCode()).isEqualTo(400);
        assertThat(send("POST", "", BACKEND, batch).statusCode()).isEqualTo(400);
        batch.getEntryFirstRep().getRequest().setUrl("Appointment/none");
        assertThat(send("POST", "", BACKEND, batch).statusCode()).isEqualTo(200);
        var patch = bundle(BundleType.BATCH);
        add(patch, HTTPVerb.PATCH, "Observation/of-alice", new Binary().setContentType("application/xml-patch+xml"));
        assertThat(send("POST", "", DR_X, patch).statusCode()).isEqualTo(415);
    }

    @Test
    @DisplayName("BX-005: refer to nothing by search")
    void referToNothingBySearch() {
        var transaction = bundle(BundleType.TRANSACTION);
        var observation = observation("", "alice").addPerformer(new Reference("Patient?name=bob"));
        add(transaction, HTTPVerb.POST, "Observation", observation);
        assertThat(send("POST", "", DR_X, transaction).statusCode()).isEqualTo(412);
        assertThat(server.lastBundle()).isEmpty();
    }

    @Test
    void goByScopeForSystems() {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.POST, "Patient", patient(""));
        assertThat(send("POST", "", BACKEND, batch).statusCode()).isEqualTo(200);
        assertDenied(send("POST", "", READER, batch));
    }

    @Test
    @DisplayName("BX-007: need matching types")
    void needMatchingTypes() {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.POST, "Patient", observation("", "alice"));
        assertThat(send("POST", "", BACKEND, batch).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName("BX-007: need the id of what they change")
    @EnumSource(
            value = HTTPVerb.class,
            names = {"PUT", "PATCH", "DELETE"})
    void needTheIdOfWhatTheyChange(HTTPVerb method) {
        var batch = bundle(BundleType.BATCH);
        add(batch, method, "Observation", observation("", "alice"));
        assertThat(send("POST", "", DR_X, batch).statusCode()).isEqualTo(400);
        assertThat(send("POST", "", BACKEND, batch).statusCode()).isEqualTo(400);
        assertThat(server.lastBundle()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("BX-007: need an url that is relative to the base")
    @ValueSource(strings = {"http://elsewhere.example/fhir/Patient/alice", "HTTP:Patient/alice", "urn:uuid:1"})
    void needARelativeUrl(String url) {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.GET, url);
        assertThat(send("POST", "", DR_X, batch).statusCode()).isEqualTo(400);
        assertThat(send("POST", "", BACKEND, batch).statusCode()).isEqualTo(400);
        assertThat(server.lastBundle()).isEmpty();
    }

    @Test
    void areNotForRolesWithoutRights() {
        assertDenied(send("POST", "", TestTokens.person("auditor-ng", "auditor"), bundle(BundleType.BATCH)));
    }
}
