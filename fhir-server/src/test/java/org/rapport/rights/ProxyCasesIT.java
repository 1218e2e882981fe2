package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.ids;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** Dana acts for her daughter Carol, in what she is given and in nothing else. */
class ProxyCasesIT {

    private static final String DANA = "RelatedPerson/dana";

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private World world;
    private FhirSession dana;
    private JsonNode before;

    @BeforeEach
    void signIn() {
        world = World.of(SHARED);
        dana = SHARED.server().personSession("dana");
        before = FhirSession.json(world.backend().get(DANA));
        assertThat(dana.get("Patient/carol").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void giveEverythingBack() {
        store(before.deepCopy());
        World.delete(world.backend(), "RelatedPerson/aunt-of-carol");
    }

    @Test
    @DisplayName("AC-044: without scopes she does what her daughter may")
    void actsInEverything() {
        for (var path : new String[] {"Patient/carol", "Observation/obs-carol-temp-1", "Appointment/appt-carol-1"}) {
            assertThat(dana.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(dana.get("Patient/carol/$access-log").statusCode()).isEqualTo(200);
        assertHidden(dana.get("Patient/alice"), dana.get("Patient/nobody"));
    }

    @Test
    @DisplayName("AC-044: who books sees visits and no results, at once and by every way")
    void actsInVisitsAlone() {
        give("book");
        assertThat(dana.get("Patient/carol").statusCode()).isEqualTo(200);
        assertThat(ids(FhirSession.json(dana.get("Appointment")))).contains("Appointment/appt-carol-1");
        for (var path : new String[] {
            "Observation/obs-carol-temp-1",
            "Observation/nobody",
            "Observation?patient=Patient/carol",
            "Observation?code=8310-5",
            "Patient?_has:Observation:subject:code=8310-5",
            "Patient/carol/$access-log",
            "Communication",
            "Consent"
        }) {
            assertDenied(dana.get(path));
        }
        assertThat(dana.get("Patient/carol/$everything").body()).doesNotContain("obs-carol");
        assertThat(dana.get("Patient?_id=carol&_revinclude=Observation:subject").body())
                .doesNotContain("obs-carol");
        assertDenied(dana.post("Observation", "{\"resourceType\": \"Observation\"}"));
    }

    @Test
    @DisplayName("AC-044: who acts in part reads who they are themselves, and of no other relative")
    void readsOwnRelation() {
        var other = "RelatedPerson/aunt-of-carol";
        world.store("RelatedPerson", "aunt-of-carol", """
                "active": true, "patient": {"reference": "Patient/carol"}, "name": [{"family": "Other"}]""");
        assertThat(dana.get(other).statusCode()).isEqualTo(200);
        give("book");
        assertThat(dana.get(DANA).statusCode()).isEqualTo(200);
        assertHidden(dana.get(other), dana.get("RelatedPerson/nobody"));
        for (var search :
                new String[] {"RelatedPerson", "RelatedPerson?patient=Patient/carol", "RelatedPerson?_id=dana"}) {
            assertThat(ids(FhirSession.json(dana.get(search)))).as(search).containsExactly(DANA);
        }
        assertThat(ids(FhirSession.json(dana.get("RelatedPerson?name=Other")))).isEmpty();
        var everything = FhirSession.json(dana.get("Patient/carol/$everything"));
        assertThat(ids(everything)).contains("Patient/carol").doesNotContain(other);
        for (var search : new String[] {
            "Patient?_id=carol&_revinclude=RelatedPerson:patient",
            "RelatedPerson?_id=dana&_include=RelatedPerson:patient"
        }) {
            assertThat(ids(FhirSession.json(dana.get(search))))
                    .as(search)
                    .containsExactlyInAnyOrder("Patient/carol", DANA);
        }
        assertThat(ids(FhirSession.json(dana.get("Patient?_has:RelatedPerson:patient:name=Other"))))
                .isEmpty();
        assertHidden(dana.get(other + "/_history/1"), dana.get("RelatedPerson/nobody/_history/1"));
        assertDenied(World.put(dana, DANA, before.toString()));
    }

    @Test
    @DisplayName("AC-044: who writes messages writes to the care team, and sees no results")
    void writesToTheCareTeam() {
        var message = """
                {"resourceType": "Communication", "status": "completed", "subject": {"reference": "Patient/carol"},
                 "sender": {"reference": "RelatedPerson/dana"}, "recipient": [{"reference": "CareTeam/team-carol"}]}""";
        give("results");
        assertDenied(dana.post("Communication", message));
        assertThat(dana.get("Observation/obs-carol-temp-1").statusCode()).isEqualTo(200);
        give("message");
        var sent = dana.post("Communication", message);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
        assertDenied(dana.get("Observation/obs-carol-temp-1"));
        assertDenied(dana.post("Appointment/$find", "{\"resourceType\": \"Parameters\"}"));
    }

    @ParameterizedTest
    @DisplayName("AC-044: a scope that nobody knows gives nothing")
    @ValueSource(strings = {"paint", "BOOK"})
    void actsInNothing(String unknown) {
        give(unknown);
        assertDenied(dana.get("Patient/carol"));
        assertDenied(dana.get("Appointment"));
    }

    private void give(String scope) {
        var limited = (ObjectNode) before.deepCopy();
        limited.putArray("extension")
                .addObject()
                .put("url", "https://rapport.example/fhir/StructureDefinition/proxy-scope")
                .put("valueCode", scope);
        store(limited);
    }

    private void store(JsonNode related) {
        ((ObjectNode) related).remove("meta");
        assertThat(World.put(world.backend(), DANA, related.toString()).statusCode())
                .isEqualTo(200);
    }
}
