package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.SharedServer;

class ChangeLogIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static OutsideDatabase database;
    private static FhirSession fhir;

    @BeforeAll
    static void start() {
        database = SHARED.database();
        fhir = SHARED.session("demo-backend");
    }

    @Test
    void holdsOneRowForEachVersionOfAResource() {
        var created = FhirSession.json(fhir.post("Patient", TestPatients.named("Logged")));
        var path = "Patient/" + created.path("id").asText();
        var changed = created.toString().replace("Logged", "Relogged");
        put(path, changed);
        put(path, changed);
        assertThat(fhir.send("DELETE", path, FhirSession.FHIR_JSON, BodyPublishers.noBody())
                        .statusCode())
                .isBetween(200, 204);

        assertThat(rows("resource_id = '" + created.path("id").asText() + "'")).isEqualTo(3);
        for (var row : List.of("1 and kind = 'C'", "2 and kind = 'U'", "3 and kind = 'D'")) {
            assertThat(rows("resource_id = '" + created.path("id").asText() + "' and version = " + row))
                    .as(row)
                    .isEqualTo(1);
        }
    }

    @Test
    void agreesWithTheStoreAboutEveryResource() {
        FhirSession.json(fhir.post(
                "",
                TestPatients.transaction(List.of(
                        TestPatients.named("First"), TestPatients.named("Second"), TestPatients.named("Third")))));

        assertThat(
                        database.number(
                                "select count(*) from hfj_resource r where not exists (select 1 from change_log c"
                                        + " where c.resource_id = r.fhir_id and c.resource_type = r.res_type and c.version = r.res_ver)"))
                .isZero();
    }

    @Test
    void knowsNothingOfATransactionThatWasRolledBack() {
        long before = rows("resource_type = 'Patient'");
        var dangling = """
                {"resourceType": "Observation", "status": "final", "code": {"text": "x"},
                 "subject": {"reference": "Patient/there-is-none"}}
                """;
        var answer = fhir.post("", TestPatients.transaction(List.of(TestPatients.named("Undone"), dangling)));

        assertThat(answer.statusCode()).isBetween(400, 422);
        assertThat(rows("resource_type = 'Patient'")).isEqualTo(before);
    }

    private static void put(String path, String resource) {
        assertThat(fhir.send("PUT", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(resource))
                        .statusCode())
                .isEqualTo(200);
    }

    private static long rows(String condition) {
        return database.number("select count(*) from change_log where " + condition);
    }
}
