package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;
import org.rapport.harness.Ledger;
import org.rapport.harness.Ledger.Differences;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.Server;

/**
 * What clients were shown or promised while the server was killed, against its audit log: three kills in every build, twenty
 * with {@code -Psoak}.
 */
class AuditKillIT {

    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 20 : 3;
    private static final int STREAMS = 4;
    private static final long SEED = 20_261_129;
    private static final String FULL_TEXT =
            "rapport.search.full-text"; // each start would index what was written before

    @RegisterExtension
    final Harness harness = new Harness();

    private final Ledger ledger = new Ledger();
    private final Random random = new Random(SEED);

    @Test
    void leavesNoAnswerWithoutItsRowAndNoRowWithoutItsRequest() throws InterruptedException {
        var database = harness.database();
        var server = harness.server(database.join(harness.plan("a")).with(FULL_TEXT, false))
                .start();
        var streams = new ArrayList<SteadyClient>();
        for (int stream = 0; stream < STREAMS; stream++) {
            streams.add(new AuditedStream("s" + stream, server.session("demo-backend"), ledger).start());
        }
        for (int round = 1; round <= ROUNDS; round++) {
            long before = ledger.acknowledgedCount();
            await().atMost(Duration.ofSeconds(60)).until(() -> ledger.acknowledgedCount() > before + 50);
            pause(random.nextInt(4_000));
            server.kill();
            server.start();
        }
        for (var stream : streams) {
            stream.stop();
        }

        var rows = rows(database);
        assertThat(ledger.compare(rows)).isEqualTo(Differences.NONE);
        long recorded = rows.stream()
                .map(row -> row.substring(0, row.indexOf('|')))
                .distinct()
                .count();
        assertThat(recorded - ledger.acknowledgedCount())
                .as("requests with a row whose answer nobody got")
                .isBetween(0L, (long) ROUNDS * STREAMS);
        assertThat(VersionJoin.of(database)).isEqualTo(VersionJoin.COMPLETE);
        assertChainIsWhole(server, database);
        assertOfficersStateARestore(server, database);
        assertChainIsWhole(server, database);
        System.out.printf(
                "Audit: %d answers, %d requests recorded, after %d kills%n",
                ledger.acknowledgedCount(), recorded, ROUNDS);
    }

    /** Rows of success, as the ledger writes them. */
    private static List<String> rows(OutsideDatabase database) {
        var rows = new ArrayList<String>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select request || '|' || interaction || '|'"
                        + " || case interaction when 'create' then '' else coalesce(patient, '') end"
                        + " from audit_log where status < 400 and request like '" + AuditedStream.PREFIX + "%'")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static void assertChainIsWhole(Server server, OutsideDatabase database) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> database.number("select count(*) from audit_log l"
                                + " where not exists (select from audit_chain c where c.number = l.number)")
                        == 0);
        var answer = FhirSession.json(
                server.personSession("privacy-kim").post("AuditEvent/$verify", "{\"resourceType\": \"Parameters\"}"));
        var valid = StreamSupport.stream(answer.path("parameter").spliterator(), false)
                .filter(parameter -> parameter.path("name").asText().equals("valid"))
                .map(parameter -> parameter.path("valueBoolean").asBoolean())
                .toList();
        assertThat(valid).as(answer.toString()).containsExactly(true);
    }

    private static void assertOfficersStateARestore(Server server, OutsideDatabase database) {
        var answer = FhirSession.json(server.personSession("privacy-kim").post("AuditEvent/$reseal", """
                {"resourceType": "Parameters", "parameter": [{"name": "reason", "valueString": "backup of last night"}]}
                """));
        assertThat(answer.at("/parameter/0/valueInteger").asLong()).isPositive();
        assertThat(database.number("select count(*) from audit_log where interaction = 'audit-resealed'"
                        + " and subject = 'privacy-kim' and query = 'backup of last night'"))
                .isEqualTo(1);
    }

    private static void pause(long millis) {
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMinutes(1))
                .until(() -> true);
    }
}
