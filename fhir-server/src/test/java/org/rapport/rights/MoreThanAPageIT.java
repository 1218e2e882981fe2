package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.rapport.rights.BulkClient.async;
import static org.rapport.rights.BulkClient.finished;
import static org.rapport.rights.BulkClient.text;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.resource;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** What is more than a page holds is served whole, and is no error where the server itself looks it up. */
class MoreThanAPageIT {

    private static final int MANY = 210;
    private static final int THOUSAND = 1_000;
    private static final int ROUND = Boolean.getBoolean("rapport.soak") ? 100_000 : 5_000;

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
    }

    @Test
    @DisplayName("OP-005: nothing of the record is lost between pages")
    void everythingOfALongRecord() {
        world.store("Patient", "many", patientOfBrandt());
        world.store("Appointment", "many-and-alice", """
                "status": "proposed", "participant": [{"actor": {"reference": "Patient/many"}, "status": "accepted"},
                                                      {"actor": {"reference": "Patient/alice"}, "status": "accepted"}]""");
        transaction(MANY, number -> put("Observation", "many-" + number, observation("many", "x")));
        for (var query : List.of("", "?_count=40")) {
            assertThat(world.drBrandt().searchAll("Patient/many/$everything" + query))
                    .extracting(found -> found.path("id").asText())
                    .doesNotHaveDuplicates()
                    .contains("many", "many-0", "many-" + (MANY - 1))
                    .doesNotContain("many-and-alice");
        }
    }

    @Test
    void whatIsSearchedByPost() {
        world.store("Patient", "posted", patientOfBrandt());
        for (var id : List.of("posted-1", "posted-2", "posted-3")) {
            world.store("Observation", id, observation("posted", "posted"));
        }
        var first = FhirSession.json(world.drBrandt()
                .send(
                        "POST",
                        "Observation/_search",
                        "application/x-www-form-urlencoded",
                        BodyPublishers.ofString("code=posted&_count=2")));
        assertThat(World.ids(first)).containsExactly("Observation/posted-1", "Observation/posted-2");
        var next = first.at("/link/1/url").asText();
        assertThat(next).contains("/fhir/Observation?", "code=posted");
        assertThat(world.drBrandt().searchAll(next.substring(next.indexOf("Observation?"))))
                .extracting(found -> found.path("id").asText())
                .containsExactly("posted-3");
    }

    @Test
    void theDayOfADoctorOfManyPatients() {
        transaction(MANY, number -> put("Patient", "one-of-many-" + number, patientOfBrandt()));
        try {
            assertThat(world.drBrandt().get("Patient/one-of-many-" + (MANY - 1)).statusCode())
                    .isEqualTo(200);
            var searches = List.of(
                    world.drBrandt(),
                    world.drBrandt().with("Cache-Control", "no-store, max-results=7"),
                    world.backend());
            for (var search : searches) {
                assertThat(search.searchAll("Patient?_count=200"))
                        .extracting(found -> found.path("id").asText())
                        .doesNotHaveDuplicates()
                        .contains("one-of-many-0", "one-of-many-" + (MANY - 1));
            }
        } finally {
            transaction(MANY, number -> delete("Patient/one-of-many-" + number));
        }
    }

    @Test
    @DisplayName(
            "EX-015: an export of 1,000 patients leaves a row of disclosure for each, and an alarm within a minute")
    void anExportIsToldToTheLogAndToThoseWhoWatch() {
        transaction(THOUSAND, number -> put("Patient", "export-many-" + number, "\"active\": true"));
        try {
            Cohorts.group(
                    world,
                    "export-many",
                    IntStream.range(0, THOUSAND)
                            .mapToObj("export-many-%d"::formatted)
                            .toArray(String[]::new));
            var reader = async(SHARED.session("demo-reader"));
            var manifest = finished(reader, reader.get("Group/export-many/$export"));
            assertThat(text(reader, manifest).lines()).hasSize(THOUSAND);

            var rows = " from audit_log where interaction = 'export' and client = 'demo-reader' and purpose = 'TREAT'"
                    + " and resource_id = 'export-many'";
            assertThat(SHARED.database().number("select count(*)" + rows)).isEqualTo(THOUSAND);
            assertThat(SHARED.database().number("select count(distinct patient)" + rows))
                    .isEqualTo(THOUSAND);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> SHARED.database()
                                    .number(
                                            "select count(*) from anomaly_finding where rule = 'AR-01' and actor = 'demo-reader'")
                            > 0);
            var event = FhirSession.json(SHARED.server()
                    .personSession("privacy-kim")
                    .get("AuditEvent?patient=Patient/export-many-7&action=R"));
            assertThat(event.at("/entry/0/resource/meta/profile/0").asText()).endsWith("PrivacyDisclosure.Source");
        } finally {
            World.delete(world.backend(), "Group/export-many");
            transaction(THOUSAND, number -> delete("Patient/export-many-" + number));
        }
    }

    @Test
    @DisplayName(
            "PA-021: an inclusion that goes round through many (100,000 in a soak) brings 1,000 at most, within 2 s")
    void whatIncludesItself() {
        world.store("Organization", "round-0", "\"name\": \"Round\"");
        world.store("Organization", "round-0", """
                "name": "Round", "partOf": {"reference": "Organization/round-0"}""");
        var database = SHARED.database();
        database.execute("""
                insert into hfj_resource select copy.* from hfj_resource one, generate_series(1, %1$d) number,
                    lateral jsonb_populate_record(one, jsonb_build_object('res_id', -number, 'fhir_id', 'round-' || number)) copy
                where one.res_type = 'Organization' and one.fhir_id = 'round-0';
                insert into hfj_res_ver select copy.* from hfj_resource first join hfj_res_ver one
                    on one.res_id = first.res_id and one.res_ver = first.res_ver,
                    generate_series(1, %1$d) number,
                    lateral jsonb_populate_record(one, jsonb_build_object('pid', -number, 'res_id', -number)) copy
                where first.res_type = 'Organization' and first.fhir_id = 'round-0';
                insert into hfj_res_link select copy.* from hfj_resource first
                    join hfj_res_link one on one.src_resource_id = first.res_id, generate_series(1, %1$d) number,
                    lateral jsonb_populate_record(one, jsonb_build_object('pid', -number, 'src_resource_id', -number,
                        'target_resource_id', case number when %1$d then first.res_id else -number - 1 end)) copy
                where first.res_type = 'Organization' and first.fhir_id = 'round-0';
                update hfj_res_link set target_resource_id = -1 where src_resource_id =
                    (select res_id from hfj_resource where res_type = 'Organization' and fhir_id = 'round-0');
                analyze hfj_resource, hfj_res_ver, hfj_res_link""".formatted(ROUND - 1));
        try {
            for (var session : List.of(world.backend(), world.alice())) {
                for (var search : List.of("_include:iterate=", "_revinclude:iterate=")) {
                    long begin = System.nanoTime();
                    var answer = session.get("Organization?_id=round-0&" + search + "Organization:partof");
                    var took = Duration.ofNanos(System.nanoTime() - begin);
                    assertThat(World.ids(FhirSession.json(answer))).hasSizeLessThanOrEqualTo(THOUSAND + 1);
                    assertThat(took).isLessThan(Duration.ofSeconds(2));
                }
            }
        } finally {
            database.execute("delete from hfj_res_link where pid < 0 or target_resource_id < 0");
            database.execute("delete from hfj_res_ver where pid < 0");
            database.execute("delete from hfj_resource where res_id < 0");
            World.delete(world.backend(), "Organization/round-0");
        }
    }

    private static String delete(String path) {
        return "{\"request\": {\"method\": \"DELETE\", \"url\": \"" + path + "\"}}";
    }

    private static String patientOfBrandt() {
        return "\"generalPractitioner\": [{\"reference\": \"Practitioner/dr-brandt\"}]";
    }

    private static String put(String type, String id, String rest) {
        return "{\"resource\": " + resource(type, id, rest) + ", \"request\": {\"method\": \"PUT\", \"url\": \"" + type
                + "/" + id + "\"}}";
    }

    private static void transaction(int count, IntFunction<String> entry) {
        var entries = IntStream.range(0, count).mapToObj(entry).collect(Collectors.joining(", "));
        var answer = world.backend()
                .post("", "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [" + entries + "]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
