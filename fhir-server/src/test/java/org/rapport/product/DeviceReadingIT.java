package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.DeviceClient;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Mailbox;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.Server;
import org.rapport.harness.SharedServer;

class DeviceReadingIT {

    private static final int LATENCIES = 50;

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static OutsideDatabase database;
    private static Server server;
    private static FhirSession fhir;
    private static DeviceClient monitor;
    private static final AtomicInteger SECONDS = new AtomicInteger();

    @BeforeAll
    static void start() {
        database = SHARED.database();
        server = SHARED.server();
        fhir = server.session("demo-backend");
        monitor = DeviceClient.connect(server, "hr-alice");
    }

    @AfterAll
    static void disconnect() {
        monitor.close();
    }

    @Test
    void becomesAnObservationOfThePatientAndIsAcknowledged() {
        var time = nextTime();
        monitor.publish("heart-rate", heartRate("72", time));

        var observation = observation("hr-alice", "8867-4", time);
        assertThat(observation.path("status").asText()).isEqualTo("final");
        assertThat(observation.at("/subject/reference").asText()).isEqualTo("Patient/alice");
        assertThat(observation.at("/device/reference").asText()).isEqualTo("Device/hr-alice");
        assertThat(observation.path("effectiveDateTime").asText()).isEqualTo(time);
        assertThat(observation.at("/valueQuantity/value").asText()).isEqualTo("72");
        assertThat(observation.at("/valueQuantity/code").asText()).isEqualTo("/min");
        assertThat(observation.at("/interpretation/0/coding/0/code").asText()).isEqualTo("N");
        var receipt = receipt(time);
        assertThat(receipt.path("stored").asBoolean()).isTrue();
        assertThat(receipt.path("duplicate").asBoolean()).isFalse();
    }

    @Test
    void staysOneObservationHoweverOftenItComes() {
        var time = nextTime();
        monitor.publish("heart-rate", heartRate("73", time));
        monitor.publish("heart-rate", heartRate("73", time));

        await().until(() -> receipts(time).size() == 2);
        assertThat(receipts(time))
                .extracting(receipt -> receipt.path("duplicate").asBoolean())
                .containsExactly(false, true);
        var observation = observation("hr-alice", "8867-4", time);
        assertThat(observation.at("/meta/versionId").asText()).isEqualTo("1");
        assertThat(rowsAt(time)).isEqualTo(1);
    }

    @Test
    void isAmendedByTheSameReadingWithAnotherValue() {
        var time = nextTime();
        monitor.publish("heart-rate", heartRate("74", time));
        monitor.publish("heart-rate", heartRate("75", time));

        await().untilAsserted(() -> assertThat(
                        observation("hr-alice", "8867-4", time).path("status").asText())
                .isEqualTo("amended"));
        var observation = observation("hr-alice", "8867-4", time);
        assertThat(observation.at("/valueQuantity/value").asText()).isEqualTo("75");
        assertThat(observation.at("/meta/versionId").asText()).isEqualTo("2");
    }

    @Test
    void raisesOneAlertForTheTreatingPractitioner() {
        try (var cuff = DeviceClient.connect(server, "bp-alice")) {
            long published = System.nanoTime();
            cuff.publish("blood-pressure", pressure("195", "110", nextTime()));
            await().pollInterval(Duration.ofMillis(20)).until(() -> !mails().isEmpty());
            System.out.printf(
                    "From a critical reading to the mail: %d ms%n", (System.nanoTime() - published) / 1_000_000);
            assertThat(mails().get(0).toString()).doesNotContain("alice", "Anders", "195");
            cuff.publish("blood-pressure", pressure("198", "112", nextTime()));
            await().until(() -> issues("alice").get(0).path("implicated").size() == 2);
        }
        assertThat(mails()).as("one mail for one alert").hasSize(1);
        assertThat(alerts("alice")).hasSize(1);
        assertThat(issues("alice")).hasSize(1);
        var task = alerts("alice").get(0);
        var issue = issues("alice").get(0);
        assertThat(task.path("status").asText()).isEqualTo("requested");
        assertThat(task.path("priority").asText()).isEqualTo("stat");
        assertThat(task.at("/owner/reference").asText()).isEqualTo("Practitioner/dr-adams");
        assertThat(task.at("/focus/reference").asText())
                .isEqualTo("DetectedIssue/" + issue.path("id").asText());
        assertThat(issue.path("severity").asText()).isEqualTo("high");
        var shown =
                FhirSession.json(fhir.get(issue.at("/implicated/0/reference").asText()));
        assertThat(shown.at("/component/0/interpretation/0/coding/0/code").asText())
                .isEqualTo("HH");
        assertThat(shown.at("/component/0/referenceRange/0/high/value").asText())
                .isEqualTo("180");
    }

    /** Those about the alert. */
    private static List<JsonNode> mails() {
        var alerts = alerts("alice").stream()
                .map(task -> "Task: " + task.path("id").asText())
                .toList();
        return new Mailbox(server.origin())
                .to("dr-adams@example.org").stream()
                        .filter(mail -> alerts.stream()
                                .anyMatch(mail.path("text").asText().strip()::endsWith))
                        .toList();
    }

    @Test
    void raisesNoAlertForWhatHappenedLongAgo() {
        var time = OffsetDateTime.now(Clock.systemUTC())
                .truncatedTo(ChronoUnit.SECONDS)
                .minusHours(1)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        monitor.publish("heart-rate", heartRate("180", time));

        assertThat(observation("hr-alice", "8867-4", time)
                        .at("/interpretation/0/coding/0/code")
                        .asText())
                .isEqualTo("HH");
        assertThat(database.number("select count(*) from alert_open where rule = 'critical-8867-4'"))
                .isZero();
    }

    @Test
    void isRefusedWithItsReason() {
        monitor.publish("heart-rate", "{\"value\":72");
        monitor.publish("heart-rate", heartRate("72", nextTime()).replace("bpm", "furlongs"));
        monitor.publish("batch", "[]");

        await().until(() -> monitor.errors().size() == 3);
        assertThat(monitor.errors())
                .extracting(error -> error.path("code").asText() + " "
                        + error.at("/outcome/issue/0/code").asText())
                .containsExactly("0x99 structure", "0x99 code-invalid", "0x99 not-supported");
    }

    @Test
    void waitsUntilItIsKnownWhoseItIs() {
        var time = OffsetDateTime.now(Clock.systemUTC())
                .truncatedTo(ChronoUnit.SECONDS)
                .minusDays(40)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        monitor.publish("heart-rate", heartRate("66", time));
        await().until(() -> database.number("select count(*) from device_inbox where state = 'U'") == 1);

        FhirSession.json(fhir.post("DeviceUseStatement", """
                {"resourceType": "DeviceUseStatement", "status": "completed", "subject": {"reference": "Patient/carol"},
                 "device": {"reference": "Device/hr-alice"}, "timingPeriod": {"start": "%s", "end": "%s"}}
                """.formatted(shifted(time, -60), shifted(time, 60))));
        assertThat(observation("hr-alice", "8867-4", time)
                        .at("/subject/reference")
                        .asText())
                .isEqualTo("Patient/carol");
    }

    @Test
    void isThereSoon() {
        var latencies = new ArrayList<Duration>();
        for (int i = 0; i < LATENCIES; i++) {
            long start = System.nanoTime();
            var time = nextTime();
            monitor.publish("oxygen-saturation", "{\"value\":97,\"unit\":\"%%\",\"timestamp\":\"%s\"}".formatted(time));
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> database.number("select count(*) from device_inbox where state = 'D'"
                                    + " and dedupe_key = 'hr-alice|oxygen-saturation|"
                                    + OffsetDateTime.parse(time).toInstant().toEpochMilli() + "'")
                            == 1);
            latencies.add(Duration.ofNanos(System.nanoTime() - start));
        }
        latencies.sort(null);
        System.out.printf(
                "From publish to Observation over %d readings: p50 %d ms, p99 %d ms, longest %d ms%n",
                LATENCIES,
                latencies.get(LATENCIES / 2).toMillis(),
                latencies.get(LATENCIES * 99 / 100).toMillis(),
                latencies.get(LATENCIES - 1).toMillis());
        assertThat(latencies).hasSize(LATENCIES);
    }

    private static JsonNode observation(String device, String code, String time) {
        var found = new ArrayList<JsonNode>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            found.clear();
            fhir.searchAll("Observation?device=Device/" + device + "&code=" + code).stream()
                    .filter(observation ->
                            observation.path("effectiveDateTime").asText().equals(time))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<JsonNode> alerts(String patient) {
        return fhir.searchAll("Task?patient=Patient/" + patient
                + "&code=https://rapport.example/fhir/CodeSystem/alert%7Calert-review");
    }

    private static List<JsonNode> issues(String patient) {
        return fhir.searchAll("DetectedIssue?patient=Patient/" + patient);
    }

    private static JsonNode receipt(String time) {
        await().until(() -> !receipts(time).isEmpty());
        return receipts(time).get(0);
    }

    private static List<JsonNode> receipts(String time) {
        return monitor.receipts().stream()
                .filter(receipt -> receipt.path("timestamp").asText().equals(time))
                .toList();
    }

    private static long rowsAt(String time) {
        return database.number("select count(*) from device_inbox where dedupe_key = 'hr-alice|heart-rate|"
                + OffsetDateTime.parse(time).toInstant().toEpochMilli() + "'");
    }

    /** Each test has its own second, all within the last minutes. */
    private static String nextTime() {
        return OffsetDateTime.now(Clock.systemUTC())
                .withOffsetSameInstant(ZoneOffset.ofHours(1))
                .truncatedTo(ChronoUnit.SECONDS)
                .minusSeconds(300)
                .plusNanos(SECONDS.incrementAndGet() * 1_000_000L)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static String shifted(String time, long seconds) {
        return OffsetDateTime.parse(time).plusSeconds(seconds).toString();
    }

    private static String heartRate(String value, String time) {
        return "{\"value\":%s,\"unit\":\"bpm\",\"timestamp\":\"%s\"}".formatted(value, time);
    }

    private static String pressure(String systolic, String diastolic, String time) {
        return "{\"systolic\":%s,\"diastolic\":%s,\"unit\":\"mmHg\",\"timestamp\":\"%s\"}"
                .formatted(systolic, diastolic, time);
    }
}
