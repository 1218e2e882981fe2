package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.DeviceClient;
import org.rapport.harness.Harness;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.Server;
import org.rapport.harness.ServerUnreachable;

/** What the broker acknowledged becomes an Observation, once, whatever is killed meanwhile. */
class DeviceFaultIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    @RegisterExtension
    final Harness harness = new Harness();

    private final OffsetDateTime start = OffsetDateTime.now(Clock.systemUTC())
            .truncatedTo(ChronoUnit.SECONDS)
            .minusHours(2);

    @Test
    void storesEveryAcknowledgedReadingOnceAcrossKills() throws InterruptedException {
        var database = harness.database();
        var server = harness.server("a", database).start();
        var acknowledged = new CopyOnWriteArrayList<Long>();

        publishUntilKilled(server, acknowledged, 300, server::kill);
        server.start();
        publishUntilKilled(server, acknowledged, 300, database::kill);
        database.start();
        await().atMost(LONG).until(server::isReady);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(missing(database, acknowledged)).isEmpty());
        assertThat(database.number("select count(*) from device_inbox where state <> 'D'"))
                .isZero();
        assertThat(database.number("select count(*) - count(distinct observation_id) from device_inbox"))
                .isZero();
        assertThat(database.number("select count(*) from hfj_resource r where r.res_type = 'Observation'"
                        + " and r.fhir_id like 'r%' and r.res_ver > 1"))
                .isZero();
        assertThat(database.number("select count(*) from device_inbox i where not exists (select from hfj_resource r"
                        + " where r.res_type = 'Observation' and r.fhir_id = i.observation_id)"))
                .isZero();
        System.out.println("Acknowledged and stored: " + acknowledged.size());
    }

    /** Publishes on, also while it is killed, and ends when the broker does or shortly after the kill. */
    private void publishUntilKilled(Server server, List<Long> acknowledged, int before, Runnable kill)
            throws InterruptedException {
        long goal = acknowledged.size() + (long) before;
        var device = DeviceClient.connect(server, "hr-alice");
        long first = acknowledged.isEmpty() ? 0 : acknowledged.get(acknowledged.size() - 1) + 1_000;
        var publishing = new Thread(() -> {
            try {
                for (long number = first; acknowledged.size() < goal + 200; number++) {
                    device.publish("heart-rate", heartRate(number));
                    acknowledged.add(number);
                }
            } catch (ServerUnreachable killed) {
                // what came before counts
            }
        });
        publishing.start();
        await().atMost(LONG).until(() -> acknowledged.size() >= goal);
        kill.run();
        publishing.join();
        device.abandon();
    }

    private List<Long> missing(OutsideDatabase database, List<Long> acknowledged) {
        return acknowledged.stream()
                .filter(number -> database.number("select count(*) from device_inbox where state = 'D' and dedupe_key ="
                                + " 'hr-alice|heart-rate|"
                                + at(number).toInstant().toEpochMilli() + "'")
                        != 1)
                .toList();
    }

    private OffsetDateTime at(long number) {
        return start.plus(number, ChronoUnit.MILLIS);
    }

    private String heartRate(long number) {
        return "{\"value\":72,\"unit\":\"bpm\",\"timestamp\":\"%s\"}".formatted(at(number));
    }
}
