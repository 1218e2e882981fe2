package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.SharedServer;

class AuditIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static OutsideDatabase database;
    private static FhirSession backend;
    private static FhirSession alice;
    private static FhirSession officer;

    @BeforeAll
    static void start() {
        database = SHARED.database();
        var server = SHARED.server();
        backend = server.session("demo-backend");
        alice = server.personSession("alice");
        officer = server.personSession("privacy-kim");
    }

    @Test
    void hasOneRowForEachVersionOfEachResource() {
        var patient = FhirSession.json(backend.post("Patient", TestPatients.named("Audited")));
        var path = "Patient/" + patient.path("id").asText();
        put(path, patient.toString().replace("Audited", "Reaudited"));
        backend.send("DELETE", path, FhirSession.FHIR_JSON, BodyPublishers.noBody());

        assertThat(rows("resource_id = '" + patient.path("id").asText() + "' and client = 'demo-backend'"))
                .isEqualTo(3);
        assertThat(VersionJoin.of(database)).isEqualTo(VersionJoin.COMPLETE);
    }

    @Test
    void showsThePrivacyOfficerWhoReadARecord() {
        FhirSession.json(alice.get("Observation?_count=5"));

        var found = FhirSession.json(officer.get("AuditEvent?patient=Patient/alice&altid=alice&action=E"));
        var event = found.path("entry").get(0).path("resource");
        assertThat(event.at("/subtype/0/code").asText()).isEqualTo("search-type");
        assertThat(event.at("/agent/0/who/reference").asText()).isEqualTo("Patient/alice");
        assertThat(event.at("/outcome").asText()).isEqualTo("0");
        assertThat(event.toString()).contains("Patient/alice").doesNotContain("Anders");
        assertThat(FhirSession.json(officer.get("AuditEvent/" + event.path("id").asText())))
                .isEqualTo(event);
    }

    @Test
    void pagesThroughEventsNewestFirst() {
        for (int read = 0; read < 5; read++) {
            FhirSession.json(alice.get("Patient/alice"));
        }
        var query = "AuditEvent?_count=2&altid=alice&action=R&entity=Patient/alice";
        var first = FhirSession.json(officer.get(query));
        assertThat(first.path("entry").size()).isEqualTo(2);
        assertThat(ids(FhirSession.json(officer.get(query.replace("_count=2", "_count=4")))))
                .startsWith(ids(first).get(0), ids(first).get(1))
                .isSortedAccordingTo((one, other) -> Long.compare(Long.parseLong(other), Long.parseLong(one)));
        assertThat(officer.searchAll(query).stream()
                        .map(event -> event.path("id").asText()))
                .hasSizeGreaterThanOrEqualTo(5)
                .doesNotHaveDuplicates();
    }

    @Test
    void recordsWhatWasRefused() {
        assertThat(alice.get("Patient/bob").statusCode()).isEqualTo(404);
        assertThat(rows("subject = 'alice' and resource_id = 'bob' and status = 404 and patient is null"))
                .isEqualTo(1);

        long strangers = rows("status = 401");
        SHARED.server().sessionWith(() -> "no-token").get("Patient/alice");
        await().atMost(Duration.ofSeconds(10)).until(() -> rows("status = 401") == strangers + 1);
    }

    @Test
    void recordsAWriteThatChangedNothing() {
        var patient = FhirSession.json(backend.post("Patient", TestPatients.named("Same")));
        put("Patient/" + patient.path("id").asText(), patient.toString());
        assertThat(rows("resource_id = '" + patient.path("id").asText()
                        + "' and interaction = 'update' and patient = resource_id"))
                .isEqualTo(1);
    }

    @Test
    void recordsABatchAndEachOfItsEntries() {
        FhirSession.json(alice.with("X-Request-ID", "audited-batch").post("", """
                {"resourceType": "Bundle", "type": "batch", "entry": [
                  {"request": {"method": "GET", "url": "Patient/alice"}},
                  {"request": {"method": "GET", "url": "Patient/not-hers"}}]}"""));
        var batch = "request = 'audited-batch' and ";
        assertThat(rows(batch + "interaction = 'transaction' and status = 200 and patient is null"))
                .isEqualTo(1);
        assertThat(rows(batch + "interaction = 'read' and status = 200 and patient = 'alice'"))
                .isEqualTo(1);
        assertThat(rows(batch + "interaction = 'read' and status = 404 and resource_id = 'not-hers'"))
                .isEqualTo(1);
    }

    @Test
    void recordsATransactionThatOnlyWrites() {
        var patients = List.of(TestPatients.named("First"), TestPatients.named("Second"));
        FhirSession.json(
                backend.with("X-Request-ID", "audited-transaction").post("", TestPatients.transaction(patients)));
        assertThat(rows("request = 'audited-transaction' and interaction = 'transaction'"))
                .isEqualTo(1);
        assertThat(rows("request = 'audited-transaction' and interaction = 'create'"))
                .isEqualTo(2);
    }

    @Test
    void recordsARequestWhoseIdIsTooLong() {
        var read = alice.with("X-Request-ID", "x".repeat(300)).get("Patient/alice");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("X-Request-ID").orElse("")).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void hasNoRowOfSuccessForWhatWasRolledBack() {
        long before = rows("resource_type = 'Patient' and interaction = 'create' and status in (0, 200)");
        var dangling = """
                {"resourceType": "Observation", "status": "final", "code": {"text": "x"},
                 "subject": {"reference": "Patient/there-is-none"}}
                """;
        var answer = backend.post("", TestPatients.transaction(List.of(TestPatients.named("Undone"), dangling)));

        assertThat(answer.statusCode()).isBetween(400, 422);
        assertThat(rows("resource_type = 'Patient' and interaction = 'create' and status in (0, 200)"))
                .isEqualTo(before);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> rows("interaction = 'transaction' and status = " + answer.statusCode()) > 0);
    }

    @Test
    void answersNothingWhenItCannotRecord() {
        long stored = database.number("select count(*) from hfj_resource where res_type = 'Patient'");
        SHARED.server().announce(503);
        database.execute("alter table audit_log rename to audit_log_away");
        try {
            var read = alice.get("Patient/alice");
            assertThat(read.statusCode()).isEqualTo(503);
            assertThat(read.body()).doesNotContain("Anders");
            var patient = TestPatients.named("Nirgendwo");
            assertThat(backend.post("Patient", patient).statusCode()).isEqualTo(503);
            for (var type : List.of("transaction", "batch")) {
                var answer = backend.post("", """
                        {"resourceType": "Bundle", "type": "%s", "entry": [
                          {"resource": %s, "request": {"method": "POST", "url": "Patient"}}]}
                        """.formatted(type, patient));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            }
        } finally {
            database.execute("alter table audit_log_away rename to audit_log");
        }
        assertThat(database.number("select count(*) from hfj_resource where res_type = 'Patient'"))
                .isEqualTo(stored);
        assertThat(alice.get("Patient/alice").statusCode()).isEqualTo(200);
    }

    @Test
    void isOpenToThoseWhoWatchAloneAndWrittenByNobody() {
        assertThat(alice.get("AuditEvent").statusCode()).isIn(403, 404);
        assertThat(officer.get("Patient/alice").statusCode()).isIn(403, 404);
        var event = """
                {"resourceType": "AuditEvent", "type": {"code": "rest"}, "recorded": "2026-01-01T00:00:00Z",
                 "agent": [{"requestor": true}], "source": {"observer": {"display": "x"}}}
                """;
        for (var writer : List.of(backend, officer, alice)) {
            assertThat(writer.post("AuditEvent", event).statusCode()).isIn(403, 405);
        }
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("entry").spliterator(), false)
                .map(entry -> entry.at("/resource/id").asText())
                .toList();
    }

    private static void put(String path, String resource) {
        assertThat(backend.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource))
                        .statusCode())
                .isEqualTo(200);
    }

    private static long rows(String condition) {
        return database.number("select count(*) from audit_log where " + condition);
    }
}
