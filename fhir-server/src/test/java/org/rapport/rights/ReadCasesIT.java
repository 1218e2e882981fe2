package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertEmpty;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.assertInvalid;
import static org.rapport.rights.World.ids;
import static org.rapport.rights.World.observation;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

class ReadCasesIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;
    private static FhirSession clerk;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        clerk = SHARED.server().personSession("clerk-lee");
        world.store("Observation", "ac-alice", observation("alice", "ac-shared"));
        world.store("Observation", "ac-bob", observation("bob", "ac-shared"));
        world.store("Observation", "ac-bob-hiv", observation("bob", "ac-hiv"));
    }

    @ParameterizedTest
    @DisplayName("AC-001, AC-003, AC-005, OP-001: hides others as if they were not")
    @CsvSource({
        "Patient/bob, Patient/nobody",
        "Observation/ac-bob, Observation/nobody",
        "Observation/ac-bob/_history/1, Observation/nobody/_history/1",
        "Observation/ac-bob/_history/99, Observation/nobody/_history/99",
        "Observation/ac-bob/_history, Observation/nobody/_history",
        "CareTeam/team-bob, CareTeam/nobody",
        "Patient/bob/$everything, Patient/nobody/$everything",
    })
    void hidesOthersAsIfTheyWereNot(String hidden, String unknown) {
        assertHidden(world.alice().get(hidden), world.alice().get(unknown));
        assertHidden(world.drAdams().get(hidden), world.drAdams().get(unknown));
    }

    @Test
    @DisplayName("AC-007: keeps the history of a type to systems")
    void keepsTheHistoryOfATypeToSystems() {
        assertDenied(world.alice().get("Observation/_history"));
        assertDenied(world.drAdams().get("Observation/_history"));
    }

    @Test
    @DisplayName("AC-009: shows only versions of the own record")
    void showsOnlyVersionsOfTheOwnRecord() {
        world.store("Observation", "ac-moved", observation("bob", "ac-moved"));
        world.store("Observation", "ac-moved", observation("alice", "ac-moved"));
        var history = FhirSession.json(world.alice().get("Observation/ac-moved/_history"));
        assertThat(history.toString()).contains("Patient/alice").doesNotContain("Patient/bob");
        int latest = FhirSession.json(world.alice().get("Observation/ac-moved"))
                .at("/meta/versionId")
                .asInt();
        assertHidden(
                world.alice().get("Observation/ac-moved/_history/" + (latest - 1)),
                world.alice().get("Observation/nobody/_history/1"));
    }

    @Test
    @DisplayName("AC-011: tells nothing by a conditional read")
    void tellsNothingByAConditionalRead() {
        var conditional = world.alice().with("If-None-Match", "W/\"1\"");
        assertHidden(conditional.get("Patient/bob"), conditional.get("Patient/nobody"));
    }

    @Test
    @DisplayName("AC-015: searches the same by post")
    void searchesTheSameByPost() {
        assertEmpty(world.alice()
                .send(
                        "POST",
                        "Observation/_search?code=ac-shared",
                        "application/x-www-form-urlencoded",
                        BodyPublishers.ofString("patient=Patient%2Fbob")));
    }

    @Test
    @DisplayName("AC-016, AC-017: asks _has in the view of the caller")
    void asksHasInTheCallersView() {
        assertThat(ids(FhirSession.json(world.drAdams().get("Patient?_has:Observation:subject:code=ac-shared"))))
                .containsExactly("Patient/alice");
        assertEmpty(world.drAdams().get("Patient?_has:Observation:subject:code=ac-hiv"));
        assertThat(ids(FhirSession.json(world.drBrandt().get("Patient?_has:Observation:subject:code=ac-hiv"))))
                .containsExactly("Patient/bob");
        assertDenied(clerk.get("Patient?_has:Observation:subject:code=ac-hiv"));
        assertDenied(world.drAdams().get("Patient?_has:Group:member:code=x"));
    }

    @Test
    @DisplayName("AC-018: asks chains in the view of the caller")
    void asksChainsInTheCallersView() {
        assertThat(ids(FhirSession.json(world.drAdams().get("Observation?patient.family:exact=Anders&code=ac-shared"))))
                .containsExactly("Observation/ac-alice");
        assertEmpty(world.drAdams().get("Observation?patient.family:exact=Baker&code=ac-shared"));
        assertEmpty(world.alice().get("Observation?patient:Patient.family=Baker"));
        assertThat(ids(FhirSession.json(world.drBrandt().get("Observation?subject:Patient.family=Baker&code=ac-hiv"))))
                .containsExactly("Observation/ac-bob-hiv");
        assertThat(FhirSession.json(clerk.get("Appointment?patient.family=Baker"))
                        .path("resourceType")
                        .asText())
                .isEqualTo("Bundle");
        assertDenied(clerk.get("Appointment?reason-reference:Condition.code=x"));
    }

    @ParameterizedTest
    @DisplayName("AC-019: who may not read a value finds it out by no question")
    @ValueSource(strings = {"ge1980", "lt1980", "1971-05-04"})
    void asksNothingAboutWhatIsClosed(String born) {
        assertDenied(clerk.get("Observation?patient.birthdate=" + born));
        assertDenied(SHARED.server().personSession("admin").get("Device?patient.birthdate=" + born));
        assertDenied(clerk.get("Patient?_has:Observation:patient:date=" + born));
    }

    /** A page of a search over links leads to the next one. */
    @Test
    void turnsThePagesOfAChain() {
        for (int i = 0; i < 3; i++) {
            world.store("Observation", "ac-page-" + i, observation("alice", "ac-paged"));
        }
        assertThat(world.drAdams().searchAll("Observation?patient.family=Anders&code=ac-paged&_count=1"))
                .hasSize(3);
    }

    @Test
    @DisplayName("AC-021: includes only what is readable")
    void includesOnlyWhatIsReadable() {
        var found = FhirSession.json(
                world.drAdams()
                        .get(
                                "Practitioner?_id=dr-brandt&_revinclude=CareTeam:participant&_revinclude=Patient:general-practitioner"));
        assertThat(ids(found)).containsExactly("Practitioner/dr-brandt");
        assertThat(ids(FhirSession.json(world.alice()
                        .get("Patient?_revinclude=AdverseEvent:subject&_include=Patient:general-practitioner"))))
                .containsExactlyInAnyOrder("Patient/alice", "Practitioner/dr-adams");
    }

    @ParameterizedTest
    @DisplayName("AC-023, AC-027, AC-033: counts and filters for nobody")
    @ValueSource(
            strings = {
                "Observation?_total=accurate",
                "Observation?_summary=count",
                "Observation?_filter=code%20eq%20x",
                "Observation?_offset=-1",
                "Observation?_offset=1000000000",
                "Observation?_offset=x",
                "Patient/alice/$everything?_offset=-1",
                "Observation?_count=-1"
            })
    void countsAndFiltersForNobody(String search) {
        assertInvalid(world.alice().get(search));
    }

    @Test
    @DisplayName("AC-025, OP-021: turns no page of anybody else's stored search")
    void turnsNobodyElsesPages() {
        var database = SHARED.database();
        var page = "?_getpages=%s&_getpagesoffset=0&_count=10&_bundletype=searchset";
        var bobs = page.formatted("3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f11");
        var unknown = page.formatted("3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f12");
        database.execute(
                "insert into hfj_search (pid, created, expiry_or_null, num_found, num_blocked, resource_type,"
                        + " search_type, search_status, search_uuid, optlock_version) values (-1, now() at time zone 'utc',"
                        + " now() + interval '1 hour', 1, 0, 'Observation', 0, 'FINISHED', '3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f11', 0)");
        database.execute("insert into hfj_search_result (pid, search_order, resource_pid, search_pid)"
                + " select -1, 0, res_id, -1 from hfj_resource where res_type = 'Observation' and fhir_id = 'ac-bob'");
        try {
            assertThat(ids(FhirSession.json(world.backend().get(bobs)))).containsExactly("Observation/ac-bob");
            for (var session : List.of(world.alice(), world.bob(), world.drAdams(), clerk)) {
                assertHidden(session.get(bobs), session.get(unknown));
            }
        } finally {
            database.execute("delete from hfj_search_result where pid = -1");
            database.execute("delete from hfj_search where pid = -1");
        }
    }

    @ParameterizedTest
    @DisplayName("AC-025: the next page is its reader's alone, and nothing of it is stored")
    @ValueSource(strings = {"Observation?_count=1", "Patient/bob/$everything?_count=1"})
    void storesNoPages(String search) {
        var next = FhirSession.json(world.bob().get(search)).at("/link/1/url").asText();
        assertThat(next).contains("?").doesNotContain("_getpages");
        assertThat(world.bob().get(next).statusCode()).isEqualTo(200);
        assertThat(world.alice().get(next).statusCode()).isEqualTo(404);
        assertThat(SHARED.database().number("select count(*) from hfj_search where pid > 0"))
                .isZero();
    }

    @Test
    @DisplayName("AC-028: answers the same search by the rights of each caller")
    void answersTheSameSearchByEachCallersRights() {
        assertThat(ids(FhirSession.json(world.bob().get("Observation?code=ac-hiv"))))
                .containsExactly("Observation/ac-bob-hiv");
        assertEmpty(world.alice().get("Observation?code=ac-hiv"));
    }

    @ParameterizedTest
    @DisplayName("AC-031, AC-035: refuses what looks beyond the answer")
    @ValueSource(strings = {"Patient?_sort=birthdate", "Patient?_list:not=1", "Group?member=Patient/bob"})
    void refusesWhatLooksBeyondTheAnswer(String search) {
        assertDenied(world.drAdams().get(search));
    }

    @Test
    @DisplayName("AC-037, AC-041, AC-043: stays within the reach whatever is asked")
    void staysWithinTheReachWhateverIsAsked() {
        assertThat(ids(FhirSession.json(world.alice().get("Patient?_id=alice,bob,nope"))))
                .containsExactly("Patient/alice");
        assertEmpty(world.alice().get("Observation?patient=Patient/alice&patient=Patient/bob"));
        assertEmpty(world.alice().get("Observation?code=ac-shared&patient=Patient/bob"));
        assertEmpty(world.drAdams().get("Appointment?patient=Patient/bob"));
    }

    @Test
    @DisplayName("AC-047, AC-051: closes what belongs to no record")
    void closesWhatBelongsToNoRecord() {
        for (var type : List.of("Basic", "Linkage", "VerificationResult", "Group", "SearchParameter")) {
            assertDenied(world.alice().get(type + "/1"));
            assertDenied(world.drAdams().get(type));
        }
        assertHidden(world.alice().get("Bundle/1"), world.alice().get("Bundle/never-there"));
        assertDenied(world.drAdams().get("Bundle"));
    }

    @Test
    @DisplayName("AC-065: gives nobody $lastn")
    void givesNobodyTheLastObservations() {
        for (var query : List.of("", "?patient=Patient/bob", "?max=1&category=vital-signs")) {
            for (var session : List.of(world.alice(), world.drAdams())) {
                assertHidden(session.get("Observation/$lastn" + query), session.get("Observation/nobody"));
            }
        }
    }

    @Test
    void showsNothingOfAnotherRecordThatAMatchCarries() {
        world.store(
                "Observation",
                "ac-carrier",
                observation("alice", "ac-carrier")
                        + """
                , "contained": [{"resourceType": "Bundle", "id": "b", "type": "collection",
                                 "entry": [{"resource": %s}]}]""".formatted(World.resource("Observation", "ac-carried", observation("bob", "ac-carried"))));
        assertThat(world.backend().get("Observation/ac-carrier").body()).contains("Patient/bob");
        assertThat(world.alice().get("Observation/ac-carrier").body())
                .contains("ac-carrier")
                .doesNotContain("Patient/bob");
        assertThat(world.alice().get("Observation?code=ac-carrier").body())
                .contains("ac-carrier")
                .doesNotContain("Patient/bob");
        World.delete(world.backend(), "Observation/ac-carrier");
    }

    @Test
    @DisplayName("GD-007: shows the desk nothing clinical")
    void showsTheDeskNothingClinical() {
        assertThat(clerk.get("Patient/bob").statusCode()).isEqualTo(200);
        assertThat(ids(FhirSession.json(clerk.get("Patient?family=Baker")))).contains("Patient/bob");
        assertDenied(clerk.get("Observation/ac-bob"));
        assertDenied(clerk.get("Observation/nobody"));
        assertDenied(clerk.get("Patient/bob/$everything"));
        var admin = SHARED.server().personSession("admin");
        assertDenied(admin.get("Patient/bob"));
        assertThat(admin.get("Device/hr-alice").statusCode()).isEqualTo(200);
    }
}
