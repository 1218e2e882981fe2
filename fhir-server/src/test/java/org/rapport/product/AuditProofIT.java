package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.SharedServer;

class AuditProofIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static final String NOTHING = "{\"resourceType\": \"Parameters\"}";

    private static OutsideDatabase database;
    private static FhirSession backend;
    private static FhirSession alice;
    private static FhirSession officer;

    @BeforeAll
    static void start() {
        database = SHARED.database();
        backend = SHARED.server().session("demo-backend");
        alice = SHARED.server().personSession("alice");
        officer = SHARED.server().personSession("privacy-kim");
    }

    @Test
    void provesTheLogAndNamesTheRowThatSomebodyChanged() {
        FhirSession.json(alice.get("Patient/alice"));
        await().atMost(Duration.ofSeconds(20)).until(() -> unchained() == 0);
        assertThat(value(verify(), "valid").asBoolean()).isTrue();
        assertThat(value(verify(), "checked").asLong()).isPositive();

        long place = database.number("select max(chain_index) - 3 from audit_chain");
        changeStatus(place, "status + 1");
        var broken = verify();
        changeStatus(place, "status - 1");
        assertThat(value(broken, "valid").asBoolean()).isFalse();
        assertThat(value(broken, "firstBroken").asLong()).isEqualTo(place);
        assertThat(value(verify(), "valid").asBoolean()).isTrue();
    }

    @Test
    void keepsTheChainLessThanSecondsBehind() {
        FhirSession.json(backend.post("Patient", TestPatients.named("Chained")));
        await().atMost(Duration.ofSeconds(5)).until(() -> unchained() < 10);
    }

    @Test
    void letsOnlyThoseVerifyWhoWatch() {
        assertThat(alice.post("AuditEvent/$verify", NOTHING).statusCode()).isIn(403, 404);
        assertThat(backend.post("AuditEvent/$verify", NOTHING).statusCode()).isEqualTo(403);
        assertThat(backend.post("AuditEvent/$reseal", NOTHING).statusCode()).isEqualTo(403);
        assertThat(officer.post("AuditEvent/$reseal", NOTHING).statusCode()).isEqualTo(400);
    }

    @Test
    void tellsPatientsInPlainWordsWhoLookedAtTheirRecord() {
        FhirSession.json(SHARED.server().personSession("dr-adams").get("Patient/alice"));

        for (var reader : new FhirSession[] {alice, officer}) {
            var log = FhirSession.json(reader.get("Patient/alice/$access-log?_count=200"));
            assertThat(log.path("total").asInt()).isPositive();
            assertThat(log.toString()).contains("Reason: treatment.").doesNotContain("\"network\"");
            assertThat(log.at("/entry/0/resource/text/div").asText()).contains(" on ");
        }
        var page = FhirSession.json(alice.get("Patient/alice/$access-log?_count=1"));
        assertThat(page.path("entry").size()).isEqualTo(1);
        assertThat(page.path("link").toString()).contains("_offset=1");
    }

    @Test
    void showsTheLogOfARecordToNobodyElse() {
        assertThat(alice.get("Patient/bob/$access-log").statusCode()).isEqualTo(404);
        assertThat(SHARED.server()
                        .personSession("dr-adams")
                        .get("Patient/alice/$access-log")
                        .statusCode())
                .isEqualTo(403);
        assertThat(backend.get("Patient/alice/$access-log").statusCode()).isEqualTo(403);
        assertThat(officer.get("Patient/there-is-none/$access-log").statusCode())
                .isEqualTo(404);
        assertThat(officer.get("Patient/alice").statusCode()).isIn(403, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?_has:AuditEvent:patient:action=R",
                "Patient?_revinclude=AuditEvent:patient",
                "Patient?_revinclude:iterate=AuditEvent:entity",
            })
    void refusesToReachEventsByOtherTypes(String search) {
        assertThat(backend.get(search).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AuditEvent?patient.name=x",
                "AuditEvent?_include=AuditEvent:patient",
                "AuditEvent?_has:Provenance:target:agent=x",
            })
    void refusesToReachOthersByEvents(String search) {
        assertThat(officer.get(search).statusCode()).isIn(400, 403);
    }

    @Test
    void answersNothingWhileTheLogIsLockedAndRecoversByItself() throws SQLException {
        SHARED.server().announce(503);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table audit_log in access exclusive mode");
            var read = alice.get("Patient/alice");
            assertThat(read.statusCode()).isEqualTo(503);
            assertThat(read.headers().firstValue("Retry-After")).isPresent();
            assertThat(read.body()).doesNotContain("Anders");
            assertThat(backend.post("Patient", TestPatients.named("Unrecorded")).statusCode())
                    .isEqualTo(503);
            connection.rollback();
        }
        assertThat(alice.get("Patient/alice").statusCode()).isEqualTo(200);
        assertThat(backend.post("Patient", TestPatients.named("Recorded")).statusCode())
                .isEqualTo(201);
    }

    @Test
    @DisplayName(
            "BG-09: while the log takes no row an emergency is answered, and its rows come later, once, with their time")
    void keepsTheRowsOfAnEmergencyUntilTheLogTakesThem() {
        var emergency = new PersonInBrowser(SHARED.server(), SHARED.clock(), "dr-brandt")
                .signIn()
                .breakGlass("alice");
        var from = SHARED.clock().instant();
        SHARED.server().announce(503);
        refuseRows();
        try {
            assertThat(alice.get("Patient/alice").statusCode()).isEqualTo(503);
            assertThat(emergency.get("Patient/alice").statusCode()).isEqualTo(200);
            assertThat(emergency.get("Observation?patient=alice&_count=3").statusCode())
                    .isEqualTo(200);
            assertThat(emergency.get("Patient/bob").statusCode()).isEqualTo(503);
            assertThat(alice.get("Patient/alice").statusCode()).isEqualTo(503);
            assertThat(waiting()).hasSize(1);
        } finally {
            takeRows();
        }
        var until = SHARED.clock().instant();
        await().atMost(Duration.ofSeconds(45)).until(() -> waiting().length == 0);

        assertThat(database.number("select count(*) from audit_log where journal is not null and purpose = 'BTG'"
                        + " and patient = 'alice' and recorded between '" + from + "' and '" + until + "'"))
                .isEqualTo(2);
        var events =
                FhirSession.json(officer.get("AuditEvent?patient=Patient/alice&altid=dr-brandt&action=R&outcome=0"));
        assertThat(events.path("entry").size()).isEqualTo(1);
        assertThat(Instant.parse(events.at("/entry/0/resource/recorded").asText()))
                .isBetween(from.minusMillis(1), until);
        assertThat(FhirSession.json(alice.get("Patient/alice/$access-log?_count=50"))
                        .toString())
                .contains("Boris Brandt", "emergency access");
        await().atMost(Duration.ofSeconds(20)).until(() -> unchained() == 0);
        assertThat(value(verify(), "valid").asBoolean()).isTrue();
    }

    private static void refuseRows() {
        database.execute("create function refuse_rows() returns trigger language plpgsql as"
                + " $$ begin raise exception 'full' using errcode = 'disk_full'; end $$");
        database.execute(
                "create trigger refused before insert on audit_log for each row execute function refuse_rows()");
    }

    private static void takeRows() {
        database.execute("drop trigger refused on audit_log");
        database.execute("drop function refuse_rows()");
    }

    private static String[] waiting() {
        return Objects.requireNonNull(SHARED.server()
                .plan()
                .dataDirectory()
                .resolve("journal")
                .toFile()
                .list());
    }

    @Test
    void namesTokenPurposeAndPattern() {
        FhirSession.json(alice.get("Observation?_count=3"));
        var event = FhirSession.json(officer.get("AuditEvent?patient=Patient/alice&altid=alice&action=E&outcome=0"))
                .at("/entry/0/resource");

        assertThat(event.at("/meta/profile/0").asText()).endsWith("IHE.BasicAudit.PatientQuery");
        assertThat(event.at("/agent/0/policy/0").asText()).isNotBlank();
        assertThat(event.at("/agent/0/purposeOfUse/0/coding/0/code").asText()).isEqualTo("PATRQT");
    }

    private static long unchained() {
        return database.number("select count(*) from audit_log l"
                + " where not exists (select from audit_chain c where c.number = l.number)");
    }

    private static JsonNode verify() {
        return FhirSession.json(officer.post("AuditEvent/$verify", NOTHING));
    }

    private static JsonNode value(JsonNode parameters, String name) {
        for (var parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.has("valueBoolean") ? parameter.path("valueBoolean") : parameter.path("valueInteger");
            }
        }
        throw new IllegalStateException("The answer has no parameter " + name + ".");
    }

    /** The owner of the table takes its locks off and puts them on again. */
    private static void changeStatus(long place, String status) {
        database.execute("grant update on audit_log to current_user");
        database.execute("alter table audit_log disable trigger only_added");
        database.execute("update audit_log set status = " + status
                + " where number = (select number from audit_chain where chain_index = " + place + ")");
        database.execute("alter table audit_log enable trigger only_added");
        database.execute("revoke update on audit_log from current_user");
    }
}
