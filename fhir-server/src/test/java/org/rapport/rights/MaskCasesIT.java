package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.put;
import static org.rapport.rights.World.resource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** What a role sees in part: the desk visits without their reasons, patients their doctors without their telephones. */
class MaskCasesIT {

    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String RENAMED = "[{\"op\": \"replace\", \"path\": \"/description\", \"value\": \"Renamed\"}]";

    private static final String PLAIN = """
            "status": "proposed", "description": "Shown to all",
            "start": "2031-02-03T10:00:00Z", "end": "2031-02-03T11:00:00Z",
            "participant": [{"actor": {"reference": "Patient/alice"}, "status": "accepted"},
                            {"actor": {"reference": "Practitioner/dr-adams"}, "status": "accepted"}]""";

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;
    private static FhirSession clerk;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        clerk = SHARED.server().personSession("clerk-lee");
        world.store("Condition", "mk-condition", "\"subject\": {\"reference\": \"Patient/alice\"}");
        world.store(
                "Appointment",
                "mk-visit",
                visit() + ", \"reasonReference\": [{\"reference\": \"Condition/mk-condition\"}]");
        world.store("Appointment", "mk-plain", PLAIN);
        world.store("RelatedPerson", "mk-mother", """
                "patient": {"reference": "Patient/alice"}, "birthDate": "1971-05-04", "name": [{"family": "Mask"}]""");
        world.store("Practitioner", "mk-doctor", """
                "name": [{"family": "Mask"}], "birthDate": "1971-05-04", "address": [{"city": "Canary"}],
                "telecom": [{"system": "phone", "value": "canary-555"}]""");
    }

    @AfterAll
    static void forget() {
        for (var path : List.of(
                "Appointment/mk-visit",
                "Appointment/mk-plain",
                "Condition/mk-condition",
                "RelatedPerson/mk-mother",
                "Practitioner/mk-doctor")) {
            World.delete(world.backend(), path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Appointment/mk-visit",
                "Appointment/mk-visit/_history/1",
                "Appointment/mk-visit/_history",
                "Appointment?_id=mk-visit&patient.family=Anders",
                "Patient?_id=alice&_revinclude=Appointment:patient",
            })
    void showsTheDeskAVisitWithoutItsReason(String path) {
        var seen = clerk.get(path);
        assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
        assertThat(seen.body())
                .contains("mk-visit", "Shown to all", "SUBSETTED", "REDACTED")
                .doesNotContain("canary", "mk-condition");
        assertThat(world.backend().get(path).body()).contains("canary").doesNotContain("SUBSETTED", "REDACTED");
    }

    @Test
    void showsThePartWithItsVersion() {
        assertThat(clerk.get("Appointment/mk-visit").headers().firstValue("ETag"))
                .isPresent()
                .isEqualTo(world.backend().get("Appointment/mk-visit").headers().firstValue("ETag"));
        assertThat(world.drAdams().get("Appointment/mk-visit").body()).contains("canary");
    }

    @Test
    void masksEveryPageAndWhatABatchReads() {
        var pages = clerk.searchAll("Appointment?_id=mk-visit,mk-plain&_sort=_id&_count=1");
        assertThat(pages).hasSize(2);
        assertThat(pages.toString()).contains("REDACTED").doesNotContain("canary");
        var batch = clerk.post("", """
                {"resourceType": "Bundle", "type": "batch", "entry": [
                  {"request": {"method": "GET", "url": "Appointment/mk-visit"}},
                  {"request": {"method": "GET", "url": "Appointment?_id=mk-plain"}}]}""");
        assertThat(batch.body()).contains("mk-visit", "mk-plain", "REDACTED").doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Practitioner/mk-doctor",
                "Practitioner?family=Mask",
                "Practitioner?_id=mk-doctor&_elements=telecom,birthDate,address",
            })
    void showsPatientsADoctorWithoutATelephone(String path) {
        var seen = world.alice().get(path);
        assertThat(seen.body()).contains("mk-doctor", "SUBSETTED").doesNotContain("canary", "Canary", "1971-05-04");
        assertThat(world.drAdams().get(path).body()).contains("canary-555", "1971-05-04");
    }

    @Test
    void masksWhatEverythingBringsAlong() {
        var all = world.alice().searchAll("Patient/alice/$everything?_type=Appointment,Practitioner&_count=200");
        assertThat(all.toString()).contains("REDACTED", "canary").doesNotContain("canary-555");
    }

    @ParameterizedTest
    @DisplayName("AC-019: the same question is answered to who may read the value")
    @ValueSource(
            strings = {
                "Practitioner?phone=canary-555",
                "Patient?general-practitioner:Practitioner.phone=canary-555",
                "Appointment?actor:Practitioner.phone=canary-555",
            })
    void asksNothingAboutWhatIsMasked(String search) {
        assertDenied(world.alice().get(search));
        assertThat(world.drAdams().get(search).statusCode()).isEqualTo(200);
        assertDenied(world.alice().post("", """
                {"resourceType": "Bundle", "type": "batch", "entry": [{"request": {"method": "GET", "url": "%s"}}]}""".formatted(search)));
    }

    @ParameterizedTest
    @DisplayName("AC-019, AC-031: asks the desk nothing either")
    @ValueSource(
            strings = {
                "RelatedPerson?birthdate=ge1980",
                "RelatedPerson?_sort=birthdate",
                "Appointment?actor:RelatedPerson.birthdate=ge1980",
                "Patient?_has:RelatedPerson:patient:birthdate=ge1980",
                "Appointment?reason-code=x",
                "Appointment?reason-reference:missing=false",
                "Appointment?_include=Appointment:reason-reference",
                "Patient?_has:Appointment:patient:reason-code=x",
            })
    void asksTheDeskNothingEither(String search) {
        assertDenied(clerk.get(search));
    }

    /** Whether there is a reason changes no answer, whatever is asked. */
    @Test
    void answersTheSameWhetherThereIsSomethingMasked() {
        var parameters = StreamSupport.stream(
                        FhirSession.json(world.backend().get("metadata"))
                                .at("/rest/0/resource")
                                .spliterator(),
                        false)
                .filter(resource -> resource.path("type").asText().equals("Appointment"))
                .flatMap(resource -> resource.path("searchParam").findValuesAsText("name").stream())
                .toList();
        assertThat(parameters).contains("status", "date", "patient");
        for (var parameter : parameters) {
            for (var asked : List.of(":missing=true", ":missing=false", "=x", ":not=x", "=Condition/mk-condition")) {
                assertThat(about("mk-visit", parameter + asked))
                        .as(parameter + asked)
                        .isEqualTo(about("mk-plain", parameter + asked));
            }
        }
    }

    private static String about(String visit, String asked) {
        var path = "Appointment?_id=" + visit + "&" + asked.replace("_id=", "_id:not=");
        return World.normalised(clerk.get(path))
                .replace(visit, "visit")
                .replaceAll("\"(lastUpdated|versionId)\":\"[^\"]*\"", "");
    }

    @Test
    @DisplayName("AC-059: takes no search parameter over what is masked")
    void takesNoSearchParameterOverWhatIsMasked() {
        var parameter = """
                {"resourceType": "SearchParameter", "url": "urn:test:why", "name": "why", "status": "active",
                 "description": "why", "code": "why", "base": ["Appointment"], "type": "token",
                 "expression": "Appointment.reasonCode"}""";
        assertDenied(clerk.post("SearchParameter", parameter));
        assertDenied(SHARED.server().personSession("admin").post("SearchParameter", parameter));
    }

    @Test
    @DisplayName("WR-025: answers a write as a read")
    void answersAWriteAsARead() {
        var desk = clerk.with("Prefer", "return=representation");
        var made =
                desk.post("Appointment", resource("Appointment", "x", visit()).replace("\"id\": \"x\", ", ""));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).contains("Shown to all", "REDACTED").doesNotContain("canary");
        var path = "Appointment/" + FhirSession.json(made).path("id").asText();
        var patched = patch(desk.with("If-Match", "W/\"1\""), path, JSON_PATCH, RENAMED);
        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        assertThat(patched.body()).contains("Renamed", "REDACTED").doesNotContain("canary");
        var stored = FhirSession.json(world.backend().get(path));
        assertThat(stored.path("description").asText()).isEqualTo("Renamed");
        assertThat(stored.path("comment").asText()).isEqualTo("canary");
        assertThat(stored.path("meta").has("tag")).isFalse();
        World.delete(world.backend(), path);
    }

    @Test
    @DisplayName("WR-025: answers a transaction as a read")
    void answersATransactionAsARead() {
        var answer = clerk.with("Prefer", "return=representation").post("", """
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"request": {"method": "POST", "url": "Appointment"}, "resource": {"resourceType": "Appointment", %s}}]}""".formatted(visit()));
        assertThat(answer.body()).contains("Shown to all", "REDACTED").doesNotContain("canary");
        var made = FhirSession.json(answer).at("/entry/0/response/location").asText();
        World.delete(world.backend(), made.replaceAll("/_history.*", ""));
    }

    /** What is masked is neither lost nor compared. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT   | application/fhir+json       | whole",
                "PUT   | application/fhir+json       | part",
                "PATCH | application/json-patch+json | [{\"op\": \"test\", \"path\": \"/comment\", \"value\": \"canary\"}]",
                "PATCH | application/json-patch+json | [{\"op\": \"test\", \"path\": \"/comment\", \"value\": \"x\"}]",
                "PATCH | application/json-patch+json | [{\"op\": \"copy\", \"from\": \"/comment\", \"path\": \"/description\"}]",
                "PATCH | application/fhir+json       | {\"resourceType\": \"Parameters\"}",
            })
    void changesNothingThatTheDeskDoesNotSee(String method, String format, String body) {
        var sent = body.equals("whole")
                ? world.backend().get("Appointment/mk-visit").body()
                : body.equals("part") ? clerk.get("Appointment/mk-visit").body() : body;
        var answer = clerk.with("If-Match", "W/\"1\"")
                .send(method, "Appointment/mk-visit", format, BodyPublishers.ofString(sent));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body())
                .contains("business-rule", "change it by a JSON Patch")
                .doesNotContain("canary");
        assertThat(FhirSession.json(world.backend().get("Appointment/mk-visit"))
                        .at("/meta/versionId")
                        .asText())
                .isEqualTo("1");
    }

    /** The reference is there already, where the desk does not see it; that tells nothing. */
    @Test
    void refersToWhatIsMaskedAsToTheUnknown() {
        var desk = clerk.with("If-Match", "W/\"1\"");
        var masked = patch(desk, "Appointment/mk-visit", JSON_PATCH, adding("mk-condition"));
        var unknown = patch(desk, "Appointment/mk-visit", JSON_PATCH, adding("mk-nothing"));
        assertThat(masked.statusCode()).as(masked.body()).isEqualTo(422);
        assertThat(World.normalised(masked)).isEqualTo(World.normalised(unknown));
    }

    /** Nobody puts back a part: it would take the place of the whole. */
    @Test
    void storesNoPart() {
        var part = clerk.get("Appointment/mk-visit").body();
        var answer = put(world.drAdams().with("If-Match", "W/\"1\""), "Appointment/mk-visit", part);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(world.backend().get("Appointment/mk-visit").body()).contains("canary");
    }

    /** A privacy officer is told. */
    @Test
    void isExplained() {
        var told = SHARED.server()
                .personSession("privacy-kim")
                .get(
                        "Patient/alice/$explain-access?user=Practitioner/clerk-lee&role=clerk&resource=Appointment/mk-visit");
        assertThat(told.body()).contains("permit-partially", "masked: basedOn, comment, reasonCode");
    }

    private static String visit() {
        return PLAIN + """
                , "comment": "canary", "reasonCode": [{"text": "canary"}],
                "text": {"status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\">canary</div>"}""";
    }

    private static String adding(String condition) {
        return "[{\"op\": \"add\", \"path\": \"/participant/-\", \"value\": {\"status\": \"accepted\","
                + " \"actor\": {\"reference\": \"Condition/" + condition + "\"}}}]";
    }

    private static HttpResponse<String> patch(FhirSession session, String path, String format, String body) {
        return session.send("PATCH", path, format, BodyPublishers.ofString(body));
    }
}
