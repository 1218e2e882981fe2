package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Harness;
import org.rapport.harness.Ledger;
import org.rapport.harness.Ledger.Differences;
import org.rapport.harness.Server;

/** Two kills in every build, twenty with {@code -Psoak}. */
class KillIT {

    private static final int ROUNDS = Boolean.getBoolean("rapport.soak") ? 20 : 2;
    private static final long SEED = 20_261_121;
    private static final String OURS = "identifier=" + TestPatients.SYSTEM + "%7C";

    @RegisterExtension
    final Harness harness = new Harness();

    private final Ledger ledger = new Ledger();
    private final Random random = new Random(SEED);

    @Test
    void keepsEverythingThatWasAcknowledgedOnceAndNothingByHalves() throws InterruptedException {
        var server = harness.server("a").start();
        for (int round = 1; round <= ROUNDS; round++) {
            killWhileWriting(server, round);
            server.start();
            assertThat(ledger.compare(held(server)))
                    .as("after kill %d; the store counts %d patients", round, counted(server))
                    .isEqualTo(Differences.NONE);
            awaitItsText(server, "round" + round);
        }
    }

    /** The last ones before the kill, which the index had not brought to the disk, are indexed again. */
    private static void awaitItsText(Server server, String round) {
        var fhir = server.session("demo-backend");
        var last = held(server).stream()
                .filter(identifier -> identifier.startsWith(round + "-"))
                .sorted(Comparator.comparingInt(KillIT::number).reversed())
                .limit(20);
        assertThat(last)
                .allSatisfy(identifier -> await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(fhir.searchAll("Patient?_content=" + round + "&identifier="
                                        + TestPatients.SYSTEM + "%7C" + identifier))
                                .hasSize(1)));
    }

    /** Which request of its round made it. */
    private static int number(String identifier) {
        return Integer.parseInt(identifier.replaceAll("^round\\d+-(\\d+).*", "$1"));
    }

    private void killWhileWriting(Server server, int round) throws InterruptedException {
        var stream = new PatientStream("round" + round, server.session("demo-backend"), ledger);
        long before = ledger.acknowledgedCount();
        var client = new Thread(stream, "client-" + round);
        client.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.acknowledgedCount() > before + 2);
        var moment = Duration.ofMillis(random.nextInt(4_000));
        await().pollDelay(moment).atMost(moment.plusSeconds(5)).until(() -> true);
        if (round % 2 == 0) {
            server.killWithDatabase();
        } else {
            server.kill();
        }
        stream.stop();
        client.join();
    }

    private static List<String> held(Server server) {
        return server.session("demo-backend").searchAll("Patient?_count=200&" + OURS).stream()
                .map(patient -> patient.at("/identifier/0/value").asText())
                .toList();
    }

    private static long counted(Server server) {
        return FhirSession.json(server.session("demo-backend").get("Patient?_summary=count&" + OURS))
                .path("total")
                .asLong();
    }
}
