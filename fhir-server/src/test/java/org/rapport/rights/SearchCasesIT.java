package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertEmpty;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.assertInvalid;
import static org.rapport.rights.World.ids;
import static org.rapport.rights.World.observation;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

/** Questions that look at more than the answer shows, and answers that could tell by their form. */
class SearchCasesIT {

    private static final int RESOURCES = 50;

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;
    private static FhirSession clerk;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        clerk = SHARED.server().personSession("clerk-lee");
        world.store("Encounter", "sc-visit", """
                "status": "finished", "class": {"code": "AMB"}, "subject": {"reference": "Patient/bob"}""");
        world.store("Observation", "sc-alice", observation("alice", "sc-shared"));
        world.store("Observation", "sc-bob", observation("bob", "sc-shared") + """
                , "encounter": {"reference": "Encounter/sc-visit"}""");
        world.store("Patient", "sc-linked", """
                "generalPractitioner": [{"reference": "Practitioner/dr-adams"}],
                "link": [{"other": {"reference": "Patient/bob"}, "type": "seealso"}]""");
    }

    @AfterAll
    static void forget() {
        List.of("Patient/sc-linked", "Consent/sc-alice", "Consent/sc-bob", "Observation/sc-bob", "Encounter/sc-visit")
                .forEach(path -> World.delete(world.backend(), path));
    }

    @Test
    @DisplayName("AC-003: 200 pairs of a hidden and an unknown address have the same answers, byte by byte")
    void answersInPairs() {
        transaction("PUT");
        try {
            for (int number = 0; number < RESOURCES; number++) {
                for (var path : List.of("%s", "%s/_history/1", "%s/_history/99", "%s/_history")) {
                    var hidden = world.alice().get(path.formatted("Observation/sc-pair-" + number));
                    var unknown = world.alice().get(path.formatted("Observation/no-pair-" + number));
                    assertThat(hidden.statusCode()).isEqualTo(404);
                    assertThat(whole(hidden)).as(path).isEqualTo(whole(unknown));
                }
            }
        } finally {
            transaction("DELETE");
        }
    }

    private static void transaction(String method) {
        var entries = IntStream.range(0, RESOURCES)
                .mapToObj("sc-pair-%d"::formatted)
                .map(id -> """
                        {"request": {"method": "%s", "url": "Observation/%s"}%s}""".formatted(
                        method,
                        id,
                        method.equals("PUT")
                                ? ", \"resource\": " + World.resource("Observation", id, observation("bob", "sc-pair"))
                                : ""))
                .toList();
        FhirSession.json(world.backend().post("", """
                {"resourceType": "Bundle", "type": "transaction", "entry": [%s]}""".formatted(String.join(",", entries))));
    }

    /** All of an answer but its time and the id of its request. */
    private static Map<String, Object> whole(HttpResponse<String> answer) {
        var all = new TreeMap<String, Object>();
        answer.headers().map().forEach((name, values) -> all.put(name.toLowerCase(Locale.ROOT), values));
        List.of("date", "x-request-id", "connection").forEach(all::remove);
        var request = answer.headers().firstValue("X-Request-ID").orElseThrow();
        all.put(":status", answer.statusCode());
        all.put(":body", answer.body().replace(request, ""));
        return all;
    }

    @Test
    @DisplayName("AC-011: a conditional read of what is hidden is never a 304")
    void tellsNothingByTheTimeOfAChange() {
        var since = world.alice().with("If-Modified-Since", "Fri, 31 Dec 2100 23:59:59 GMT");
        assertHidden(since.get("Observation/sc-bob"), since.get("Observation/nobody"));
    }

    @Test
    @DisplayName(
            "AC-013: a search without its scope is refused alike with and without data, and reads nothing clinical")
    void readsNothingWithoutItsScope() {
        var narrow = SHARED.server()
                .sessionWith(new PersonToken(
                        SHARED.server().plan().dataDirectory(),
                        "alice",
                        "demo-app",
                        "openid fhirUser launch/patient patient/Patient.r"));
        assertThat(narrow.get("Patient/alice").statusCode()).isEqualTo(200);
        var answers = OpenTransaction.locking(
                SHARED.database(),
                List.of("hfj_res_ver", "hfj_spidx_token"),
                () -> List.of(
                        narrow.get("Observation?code=sc-shared"),
                        narrow.get("Observation?code=sc-shared&patient=Patient/bob"),
                        narrow.get("Observation?code=sc-nowhere")));
        assertThat(answers).allSatisfy(answer -> {
            assertDenied(answer);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\"");
            assertThat(whole(answer)).isEqualTo(whole(answers.get(0)));
        });
    }

    @Test
    @DisplayName("AC-017: one _has after the other is asked in the caller's view, and refused at a type without right")
    void asksNestedHas() {
        var nested = "Patient?_has:Encounter:subject:_has:Observation:encounter:code=sc-shared";
        assertEmpty(world.drAdams().get(nested));
        assertThat(ids(FhirSession.json(world.drBrandt().get(nested)))).containsExactly("Patient/bob");
        assertDenied(clerk.get(nested));
    }

    @Test
    @DisplayName("AC-021: _revinclude brings along only what is readable")
    void includesWhatIsReadable() {
        for (var patient : List.of("alice", "bob")) {
            world.store("Consent", "sc-" + patient, """
                    "status": "inactive", "patient": {"reference": "Patient/%s"},
                    "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                      "code": "patient-privacy"}]},
                    "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
                    "policyRule": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]},
                    "performer": [{"reference": "Practitioner/dr-brandt"}],
                    "provision": {"type": "permit", "data": [
                      {"meaning": "instance", "reference": {"reference": "Observation/sc-alice"}}]}""".formatted(patient));
        }
        var including = "Practitioner?_id=dr-brandt&_revinclude=Consent:consentor&_revinclude=Provenance:target"
                + "&_revinclude=AuditEvent:entity";
        for (var session : List.of(world.alice(), world.drAdams())) {
            assertThat(ids(FhirSession.json(session.get(including))))
                    .containsExactlyInAnyOrder("Practitioner/dr-brandt", "Consent/sc-alice");
            assertThat(ids(FhirSession.json(session.get("Observation?_id=sc-alice&_revinclude=Consent:data"))))
                    .containsExactlyInAnyOrder("Observation/sc-alice", "Consent/sc-alice");
        }
        assertThat(ids(FhirSession.json(
                        world.backend().get("Practitioner?_id=dr-brandt&_revinclude=Consent:consentor"))))
                .contains("Consent/sc-bob");
    }

    @ParameterizedTest
    @DisplayName("AC-023: a total is not supported, and none is told")
    @ValueSource(strings = {"_total=accurate", "_total=estimate", "_summary=count"})
    void countsNothing(String asked) {
        for (var session : List.of(world.alice(), world.drAdams(), clerk)) {
            var answer = session.get("Appointment?" + asked);
            assertInvalid(answer);
            assertThat(FhirSession.parsed(answer.body()).at("/issue/0/code").asText())
                    .isEqualTo("not-supported");
            assertThat(FhirSession.json(session.get("Appointment")).has("total"))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("AC-025: a page link of somebody else is one that never was")
    void turnsNobodyElsesPages() {
        var next = FhirSession.json(world.bob().get("Observation?_count=1"))
                .at("/link/1/url")
                .asText();
        assertThat(world.bob().get(next).statusCode()).isEqualTo(200);
        var garbled = next.replaceFirst("_page=[A-Za-z0-9_-]+", "_page=" + "A".repeat(54));
        assertThat(garbled).isNotEqualTo(next);
        for (var session : List.of(world.alice(), world.drAdams(), world.drBrandt())) {
            assertThat(session.get(next).statusCode()).isEqualTo(404);
            assertThat(whole(session.get(next))).isEqualTo(whole(session.get(garbled)));
        }
    }

    @Test
    @DisplayName("AC-028: the same address a moment later has another caller's answer")
    void answersEachCallerAnew() {
        var search = "Observation?code=sc-shared";
        var bobs = FhirSession.json(world.bob().get(search));
        var alices = FhirSession.json(world.alice().get(search));
        assertThat(ids(bobs)).containsExactly("Observation/sc-bob");
        assertThat(ids(alices)).containsExactly("Observation/sc-alice");
        assertThat(alices.path("id").asText())
                .isNotEmpty()
                .isNotEqualTo(bobs.path("id").asText());
    }

    @ParameterizedTest
    @DisplayName("AC-039: a negation finds nothing beyond the reach")
    @ValueSource(
            strings = {
                "patient=Patient/bob&code:not-in=http://hl7.org/fhir/ValueSet/observation-vitalsignresult",
                "patient=Patient/bob&code:not=sc-shared",
                "subject:missing=true",
            })
    void findsNothingByWhatIsNot(String search) {
        assertEmpty(world.alice().get("Observation?" + search));
    }

    @Test
    @DisplayName("AC-039: a reference is negated for nobody, whomever it names")
    void negatesNoReference() {
        for (var name : List.of("subject:not", "patient:not")) {
            var own = world.alice().get("Observation?" + name + "=Patient/alice");
            assertInvalid(own);
            for (var other : List.of("bob", "nobody")) {
                assertThat(whole(world.alice().get("Observation?" + name + "=Patient/" + other)))
                        .isEqualTo(whole(own));
            }
        }
    }

    @Test
    @DisplayName("AC-039: a negation keeps to the own record")
    void negatesWithinTheReach() {
        for (var search : List.of(
                "code:not=sc-nowhere", "code:not-in=http://hl7.org/fhir/ValueSet/observation-vitalsignresult")) {
            assertThat(world.alice().searchAll("Observation?_count=200&" + search))
                    .isNotEmpty()
                    .allSatisfy(found ->
                            assertThat(found.at("/subject/reference").asText()).isEqualTo("Patient/alice"));
        }
    }

    @Test
    @DisplayName("AC-045: a link between patients widens nobody's reach")
    void reachesNoFurtherByALink() {
        assertThat(world.drAdams().get("Patient/sc-linked").statusCode()).isEqualTo(200);
        assertHidden(world.drAdams().get("Patient/bob"), world.drAdams().get("Patient/nobody"));
        assertEmpty(world.drAdams().get("Observation?patient=Patient/bob"));
        assertThat(world.drAdams().searchAll("Patient/sc-linked/$everything"))
                .extracting(found -> found.path("id").asText())
                .contains("sc-linked")
                .doesNotContain("bob", "sc-bob");
    }

    @Test
    @DisplayName("AC-047: a Task of no patient is hidden, and what no record holds is closed")
    void closesWhatBelongsToNoPatient() {
        world.store("Task", "sc-task", "\"status\": \"requested\", \"intent\": \"order\"");
        for (var session : List.of(world.alice(), world.drAdams())) {
            assertHidden(session.get("Task/sc-task"), session.get("Task/nobody"));
            assertEmpty(session.get("Task?_id=sc-task"));
            assertDenied(session.get("Parameters/1"));
        }
    }
}
