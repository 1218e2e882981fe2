package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.DeviceClient;
import org.rapport.harness.Harness;
import org.rapport.harness.OutsideBroker;
import org.rapport.harness.Server;

/** Readings come from a broker that runs elsewhere, whichever of the two is away meanwhile. */
class OutsideBrokerIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    @RegisterExtension
    final Harness harness = new Harness();

    private final OffsetDateTime start = OffsetDateTime.now(Clock.systemUTC())
            .truncatedTo(ChronoUnit.SECONDS)
            .minusHours(2);

    @Test
    void loseNothingWhenTheBrokerOrTheServerIsAway() {
        var broker = harness.broker();
        var server = harness.server(harness.plan("a")
                        .with("rapport.mqtt.url", broker.url())
                        .with("rapport.mqtt.username", OutsideBroker.USERNAME)
                        .with("rapport.mqtt.password", OutsideBroker.PASSWORD)
                        .with("rapport.search.full-text", false))
                .start();
        publish(broker, 0, 20);
        await().atMost(LONG).until(() -> stored(server).size() == 20);

        broker.stop();
        broker.start();
        await().atMost(LONG).untilAsserted(() -> {
            publish(broker, 20, 21);
            assertThat(stored(server)).hasSize(21);
        });

        server.kill();
        publish(broker, 21, 60);
        server.start();
        await().atMost(LONG).untilAsserted(() -> assertThat(stored(server)).hasSize(60));
        assertThat(stored(server)).doesNotHaveDuplicates();
    }

    private void publish(OutsideBroker broker, int first, int end) {
        try (var device = DeviceClient.connect(broker, "hr-alice")) {
            IntStream.range(first, end)
                    .forEach(number -> device.publish("heart-rate", """
                    {"value":73,"unit":"bpm","timestamp":"%s"}""".formatted(
                                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start.plusSeconds(number)))));
        }
    }

    private static List<String> stored(Server server) {
        return server
                .session("demo-backend")
                .searchAll("Observation?_count=200&patient=alice&code=http://loinc.org%7C8867-4")
                .stream()
                .filter(found -> found.at("/valueQuantity/value").asText().equals("73"))
                .filter(found -> found.at("/device/reference").asText().equals("Device/hr-alice"))
                .map(found -> found.path("effectiveDateTime").asText())
                .toList();
    }
}
