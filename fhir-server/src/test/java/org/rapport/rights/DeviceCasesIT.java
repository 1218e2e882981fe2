package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertEmpty;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.ids;
import static org.rapport.rights.World.put;
import static org.rapport.rights.World.resource;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** Devices, and what belongs to a patient by a Device. */
class DeviceCasesIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
    }

    @Test
    @DisplayName("AC-046: shows the own device")
    void showsTheOwnDevice() {
        assertThat(world.alice().get("Device/hr-alice").statusCode()).isEqualTo(200);
        assertHidden(world.bob().get("Device/hr-alice"), world.bob().get("Device/nobody"));
    }

    @Test
    @DisplayName("AC-046: shows the metrics of the own device")
    void showsTheMetricsOfTheOwnDevice() {
        var metric = """
                "type": {"text": "pulse"}, "category": "measurement", "source": {"reference": "Device/hr-alice"}""";
        world.store("DeviceMetric", "ac-metric", metric);
        for (var session : List.of(world.alice(), world.drAdams())) {
            assertThat(session.get("DeviceMetric/ac-metric").statusCode()).isEqualTo(200);
            assertThat(ids(FhirSession.json(session.get("DeviceMetric?source=Device/hr-alice"))))
                    .containsExactly("DeviceMetric/ac-metric");
            assertThat(ids(FhirSession.json(session.get("DeviceMetric?source.patient=Patient/alice"))))
                    .containsExactly("DeviceMetric/ac-metric");
            assertThat(session.get("Device?_id=hr-alice&_revinclude=DeviceMetric:source")
                            .body())
                    .contains("DeviceMetric/ac-metric");
            assertDenied(put(session, "DeviceMetric/ac-metric", resource("DeviceMetric", "ac-metric", metric)));
        }
        for (var session : List.of(world.bob(), world.drBrandt())) {
            assertHidden(session.get("DeviceMetric/ac-metric"), session.get("DeviceMetric/nobody"));
            assertEmpty(session.get("DeviceMetric?source=Device/hr-alice"));
            assertEmpty(session.get("DeviceMetric?source.patient=Patient/alice"));
        }
        assertDenied(SHARED.server().personSession("clerk-lee").get("DeviceMetric/ac-metric"));
        World.delete(world.backend(), "DeviceMetric/ac-metric");
    }

    @Test
    @DisplayName("AC-046: a metric stays with whom its device belonged to, however often the device changes since")
    void leavesAMetricWhereItWasWrittenForLong() {
        var device = "\"lotNumber\": \"%s\", \"patient\": {\"reference\": \"Patient/%s\"}";
        world.store("Device", "bob-alice-bob", device.formatted("0", "bob"));
        world.store("Device", "bob-alice-bob", device.formatted("0", "alice"));
        world.store("DeviceMetric", "ac-long", """
                "type": {"text": "pulse"}, "category": "measurement", "source": {"reference": "Device/bob-alice-bob"}""");
        for (int change = 0; change < 105; change++) {
            world.store("Device", "bob-alice-bob", device.formatted(change, "bob"));
        }
        assertThat(world.alice().get("DeviceMetric/ac-long").statusCode()).isEqualTo(200);
        assertHidden(world.bob().get("DeviceMetric/ac-long"), world.bob().get("DeviceMetric/nobody"));
        World.delete(world.backend(), "DeviceMetric/ac-long");
        World.delete(world.backend(), "Device/bob-alice-bob");
    }

    @Test
    void refusesAMetricOfADeviceThatIsNotThere() {
        var metric = """
                "type": {"text": "pulse"}, "category": "measurement", "source": {"reference": "Device/nobody"}""";
        var refused = put(world.backend(), "DeviceMetric/ac-lost", resource("DeviceMetric", "ac-lost", metric));
        assertThat(refused.statusCode()).as(refused.body()).isIn(400, 422);
    }

    @Test
    @DisplayName("AC-046: a metric stays with whom its device belonged to")
    void leavesAMetricWhereItWasWritten() {
        world.store("Device", "from-alice-to-bob", "\"patient\": {\"reference\": \"Patient/alice\"}");
        var metric = """
                "type": {"text": "%s"}, "category": "measurement", "source": {"reference": "Device/from-alice-to-bob"}""";
        world.store("DeviceMetric", "ac-lent", metric.formatted("pulse"));
        world.store("Device", "from-alice-to-bob", "\"patient\": {\"reference\": \"Patient/bob\"}");
        assertHidden(world.bob().get("DeviceMetric/ac-lent"), world.bob().get("DeviceMetric/nobody"));
        world.store("DeviceMetric", "ac-lent", metric.formatted("rhythm"));
        assertThat(world.bob().get("DeviceMetric/ac-lent").statusCode()).isEqualTo(200);
        assertHidden(
                world.bob().get("DeviceMetric/ac-lent/_history/1"), world.bob().get("DeviceMetric/nobody/_history/1"));
        assertThat(world.alice().get("DeviceMetric/ac-lent/_history/1").statusCode())
                .isEqualTo(200);
        assertHidden(world.alice().get("DeviceMetric/ac-lent"), world.alice().get("DeviceMetric/nobody"));
        World.delete(world.backend(), "DeviceMetric/ac-lent");
        World.delete(world.backend(), "Device/from-alice-to-bob");
    }
}
