package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.DeviceClient;
import org.rapport.harness.SharedServer;

/** What the broker acknowledged becomes an Observation, once, though the database dies meanwhile. */
class DeviceFaultIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int BEFORE = 300;
    private static final int MEANWHILE = 200;

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private final OffsetDateTime start = OffsetDateTime.now(Clock.systemUTC())
            .truncatedTo(ChronoUnit.SECONDS)
            .minusHours(2);

    @Test
    void storesEveryAcknowledgedReadingOnceAcrossAKillOfTheDatabase() {
        var database = SHARED.database();
        try (var device = DeviceClient.connect(SHARED.server(), "hr-alice")) {
            publish(device, 0, BEFORE);
            database.kill();
            publish(device, BEFORE, BEFORE + MEANWHILE);
        }
        database.start();
        await().atMost(LONG).until(SHARED.server()::isReady);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(count("i.state = 'D'")).isEqualTo(BEFORE + MEANWHILE));
        assertThat(count("true")).isEqualTo(BEFORE + MEANWHILE);
        assertThat(count("exists (select from hfj_resource r where r.res_type = 'Observation'"
                        + " and r.fhir_id = i.observation_id and r.res_ver = 1)"))
                .isEqualTo(BEFORE + MEANWHILE);
        assertThat(database.number("select count(distinct i.observation_id) from device_inbox i where " + ours()))
                .isEqualTo(BEFORE + MEANWHILE);
    }

    private void publish(DeviceClient device, int first, int end) {
        IntStream.range(first, end)
                .forEach(number -> device.publish(
                        "heart-rate", """
                {"value":72,"unit":"bpm","timestamp":"%s"}""".formatted(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at(number)))));
    }

    private long count(String condition) {
        return SHARED.database()
                .number("select count(*) from device_inbox i where " + ours() + " and (" + condition + ")");
    }

    private String ours() {
        return "i.dedupe_key >= '%s' and i.dedupe_key <= '%s'".formatted(key(0), key(BEFORE + MEANWHILE - 1));
    }

    private String key(int number) {
        return "hr-alice|heart-rate|" + at(number).toInstant().toEpochMilli();
    }

    private OffsetDateTime at(int number) {
        return start.plus(number, ChronoUnit.MILLIS);
    }
}
