package org.rapport.device.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rapport.device.ReadingTopic;
import org.rapport.mapping.Mapped;
import org.rapport.mapping.PlainPayload;
import org.rapport.mapping.Refusal;
import org.rapport.testing.TestDatabase;
import org.rapport.work.WakeUp;
import org.rapport.work.Work.Step;
import org.springframework.jdbc.core.JdbcTemplate;

class ProjectorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Projection.Outcome STORED = new Projection.Outcome.Stored("o");

    private final TestDatabase database = TestDatabase.with("V2026.11.22.60__device_inbox.sql");
    private final DeviceInbox inbox = new DeviceInbox(new JdbcTemplate(database.source()));
    private final Intake intake = new Intake(new PlainPayload(Clock.fixed(NOW, ZoneOffset.UTC)), inbox, new WakeUp());
    private final List<DeviceAnswer> told = new CopyOnWriteArrayList<>();
    private final List<String> projected = new CopyOnWriteArrayList<>();

    @Test
    void storesEachMessageOnceAndInOrderWithSeveralWorkers() throws InterruptedException {
        var expected = new ConcurrentHashMap<String, List<String>>();
        intake.take(IntStream.range(0, 400)
                .mapToObj(number -> heartRate("d" + number % 8, number))
                .toList());
        var seen = new ConcurrentHashMap<String, List<String>>();
        var busy = ConcurrentHashMap.<String>newKeySet();
        var overlaps = new CopyOnWriteArrayList<String>();
        var projector = projector(row -> {
            if (!busy.add(row.deviceId())) {
                overlaps.add(row.deviceId());
            }
            seen.computeIfAbsent(row.deviceId(), key -> new ArrayList<>()).add(row.key());
            busy.remove(row.deviceId());
            return STORED;
        });
        var workers = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> runUntilIdle(projector)))
                .toList();
        workers.forEach(Thread::start);
        for (var worker : workers) {
            worker.join();
        }
        runUntilIdle(projector);
        IntStream.range(0, 400)
                .forEach(number -> expected.computeIfAbsent("d" + number % 8, key -> new ArrayList<>())
                        .add(key("d" + number % 8, number)));
        assertThat(seen).isEqualTo(Map.copyOf(expected));
        assertThat(overlaps).isEmpty();
        assertThat(count("state = 'D' and observation_id = 'o'")).isEqualTo(400);
    }

    @Test
    void keepsBackOnlyTheDeviceWhoseMessageFails() {
        intake.take(List.of(heartRate("a", 1), heartRate("a", 2), heartRate("b", 1)));
        runUntilIdle(projector(row -> {
            if (row.deviceId().equals("a")) {
                throw new IllegalStateException("of a patient");
            }
            projected.add(row.key());
            return STORED;
        }));
        assertThat(projected).containsExactly(key("b", 1));
        assertThat(count("device_id = 'a' and state = 'W' and attempts = 1 and reason = 'IllegalStateException'"
                        + " and due_at > clock_timestamp()"))
                .isEqualTo(1);
        assertThat(count("device_id = 'a' and state = 'W' and attempts = 0")).isEqualTo(1);
    }

    @Test
    void givesUpOnAMessageAfterItsTenthAttemptAndGoesOn() {
        intake.take(List.of(heartRate("a", 1), heartRate("a", 2)));
        var poisoned = projector(row -> {
            if (row.key().equals(key("a", 1))) {
                throw new IllegalStateException();
            }
            projected.add(row.key());
            return STORED;
        });
        for (int attempt = 1; attempt <= 10; attempt++) {
            runUntilIdle(poisoned);
            database.client()
                    .sql("update device_inbox set due_at = clock_timestamp()")
                    .update();
        }
        runUntilIdle(poisoned);
        assertThat(projected).containsExactly(key("a", 2));
        assertThat(count("state = 'X' and refusal = 'processing'")).isEqualTo(1);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).topic()).isEqualTo("device/a/errors");
        assertThat(told.get(0).json()).contains("0x83");
    }

    @Test
    void leavesNothingOfAMessageThatFails() {
        database.client().sql("create table written (key text)").update();
        intake.take(List.of(heartRate("a", 1)));
        runUntilIdle(projector(row -> {
            database.client().sql("insert into written values ('x')").update();
            throw new IllegalStateException();
        }));
        assertThat(database.client()
                        .sql("select count(*) from written")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void tellsTheDeviceOfARefusal() {
        intake.take(List.of(heartRate("a", 1)));
        runUntilIdle(projector(row ->
                new Projection.Outcome.Refused(new Mapped.Refused(Refusal.CONFLICT, "Another patient's reading"))));
        assertThat(count("state = 'X' and refusal = 'conflict'")).isEqualTo(1);
        assertThat(told).extracting(DeviceAnswer::topic).containsExactly("device/a/errors");
    }

    @Test
    void keepsWhatBelongsToNobody() {
        intake.take(List.of(heartRate("a", 1), heartRate("a", 2)));
        runUntilIdle(projector(row -> new Projection.Outcome.Unmatched()));
        assertThat(count("state = 'U'")).isEqualTo(2);
    }

    @Test
    void servesEveryDeviceAlthoughOneSendsWithoutEnd() {
        var flood = new ArrayList<>(IntStream.range(0, 300)
                .mapToObj(number -> heartRate("a", number))
                .toList());
        flood.add(heartRate("z", 1));
        intake.take(flood);
        var projector = projector(row -> {
            projected.add(row.deviceId());
            return STORED;
        });
        assertThat(projector.step()).isEqualTo(Step.MORE);
        assertThat(new HashSet<>(projected)).containsExactlyInAnyOrder("a", "z");
        assertThat(projected).hasSizeLessThan(50);
    }

    private Projector projector(Projection projection) {
        return new Projector(inbox, projection, told::add, database.transactions(), new WakeUp());
    }

    private static void runUntilIdle(Projector projector) {
        while (projector.step() != Step.IDLE) {
            // goes on
        }
    }

    private long count(String condition) {
        return database.client()
                .sql("select count(*) from device_inbox where " + condition)
                .query(Long.class)
                .single();
    }

    private static Arrival heartRate(String device, int number) {
        var payload = "{\"value\":72,\"unit\":\"bpm\",\"timestamp\":\"%s\"}".formatted(at(number));
        return new Arrival(new ReadingTopic(device, "heart-rate"), payload.getBytes(UTF_8), Optional.empty());
    }

    private static Instant at(int number) {
        return NOW.minusSeconds(1_000).plusSeconds(number);
    }

    private static String key(String device, int number) {
        return device + "|heart-rate|" + at(number).toEpochMilli();
    }
}
