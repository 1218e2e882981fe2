package org.rapport.device.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rapport.device.ReadingTopic;
import org.rapport.mapping.Mapped;
import org.rapport.mapping.PlainPayload;
import org.rapport.mapping.Refusal;
import org.rapport.testing.TestDatabase;
import org.rapport.work.WakeUp;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

class DeviceInboxTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final TestDatabase database = TestDatabase.with("V2026.11.22.60__device_inbox.sql");
    private final TransactionTemplate transactions = database.transactions();
    private final DeviceInbox inbox = new DeviceInbox(new JdbcTemplate(database.source()));
    private final Intake intake = new Intake(new PlainPayload(Clock.fixed(NOW, ZoneOffset.UTC)), inbox, new WakeUp());

    @Test
    void keepsAReadingOnceHoweverOftenItComes() {
        assertThat(duplicates(heartRate("a", 72, 1), heartRate("a", 72, 1))).containsExactly(false, true);
        assertThat(duplicates(heartRate("a", 72, 1))).containsExactly(true);
        assertThat(count("true")).isEqualTo(1);
    }

    @Test
    void keepsAChangedReadingUnderTheSameKey() {
        assertThat(duplicates(heartRate("a", 72, 1), heartRate("a", 73, 1), heartRate("a", 72, 2)))
                .containsExactly(false, false, false);
        var first = claimed("a");
        transactions.executeWithoutResult(status -> inbox.stored(first, first.observationId()));
        assertThat(claimed("a").observationId()).isEqualTo(first.observationId());
    }

    @Test
    void answersWithTheKeyOrTheDevicesOwnName() {
        assertThat(json(take(heartRate("a", 72, 1))).path("msg-id").asText()).isEqualTo("a|heart-rate|1772352001000");
        var named = new Arrival(new ReadingTopic("a", "heart-rate"), payload(72, 2), Optional.of("m-1"));
        assertThat(json(take(named)))
                .isEqualTo(parsed("{\"msg-id\":\"m-1\",\"type\":\"heart-rate\","
                        + "\"timestamp\":\"2026-03-01T08:00:02Z\",\"stored\":true,\"duplicate\":false}"));
        assertThat(take(named).topic()).isEqualTo("device/a/ack");
    }

    @Test
    void keepsWhatIsNoReadingAsADeadLetterAndSaysSoEachTime() {
        var bad = new Arrival(new ReadingTopic("a", "heart-rate"), "{".getBytes(UTF_8), Optional.empty());
        for (int i = 0; i < 2; i++) {
            var answer = take(bad);
            assertThat(answer.topic()).isEqualTo("device/a/errors");
            assertThat(json(answer).path("code").asText()).isEqualTo("0x99");
            assertThat(json(answer).at("/outcome/issue/0/code").asText()).isEqualTo("structure");
        }
        assertThat(count("state = 'X' and refusal = 'structure' and ended_at is not null"))
                .isEqualTo(1);
        assertThat(inbox.devicesDue("", 10)).isEmpty();
    }

    @Test
    void givesOutADevicesMessagesInTheirOrder() {
        intake.take(IntStream.range(0, 50)
                .mapToObj(number -> heartRate(number % 2 == 0 ? "a" : "b", 60 + number, number))
                .toList());
        var values = new ArrayList<String>();
        for (int i = 0; i < 25; i++) {
            transactions.executeWithoutResult(status -> {
                var row = inbox.claimFirst("a").orElseThrow();
                values.add(new String(row.payload(), UTF_8));
                inbox.stored(row, row.observationId());
            });
        }
        assertThat(values)
                .isEqualTo(IntStream.range(0, 25)
                        .mapToObj(number -> new String(payload(60 + 2 * number, 2 * number), UTF_8))
                        .toList());
        assertThat(inbox.devicesDue("", 10)).containsExactly("b");
    }

    @Test
    void givesADeviceToOneAtATime() {
        intake.take(List.of(heartRate("a", 72, 1), heartRate("a", 73, 2), heartRate("b", 74, 1)));
        var others = database.transactions();
        transactions.executeWithoutResult(status -> {
            assertThat(inbox.claimFirst("a")).isPresent();
            inOtherThread(() -> others.executeWithoutResult(other -> {
                assertThat(inbox.claimFirst("a")).isEmpty();
                assertThat(inbox.claimFirst("b")).isPresent();
            }));
        });
    }

    @Test
    void holdsBackADeviceWhoseMessageFailedAndNoOther() {
        intake.take(List.of(heartRate("a", 72, 1), heartRate("a", 73, 2), heartRate("b", 74, 1)));
        inbox.failed(claimed("a"), Duration.ofHours(1), "Trouble");
        assertThat(inbox.devicesDue("", 10)).containsExactly("b");
        assertThat(transactions.<Optional<InboxRow>>execute(status -> inbox.claimFirst("a")))
                .isEmpty();
        assertThat(count("attempts = 1 and reason = 'Trouble' and state = 'W'")).isEqualTo(1);
    }

    @Test
    void goesOnWithTheNextAfterARefusal() {
        intake.take(List.of(heartRate("a", 72, 1), heartRate("a", 73, 2)));
        inbox.refused(claimed("a"), new Mapped.Refused(Refusal.CONFLICT, "Another patient"));
        assertThat(claimed("a").key()).isEqualTo("a|heart-rate|1772352002000");
    }

    @Test
    void bringsBackWhatBelongedToNobody() {
        intake.take(List.of(heartRate("a", 72, 1), heartRate("b", 74, 1)));
        inbox.unmatched(claimed("a"));
        inbox.unmatched(claimed("b"));
        assertThat(inbox.devicesDue("", 10)).isEmpty();
        assertThat(transactions.<Integer>execute(status -> inbox.retryUnmatched(Set.of("a", "c"))))
                .isEqualTo(1);
        assertThat(inbox.devicesDue("", 10)).containsExactly("a");
        assertThat(inbox.retryUnmatched(Set.of())).isZero();
    }

    @Test
    void findsDevicesPageByPage() {
        intake.take(IntStream.range(0, 5)
                .mapToObj(number -> heartRate("d" + number, 72, 1))
                .toList());
        assertThat(inbox.devicesDue("", 3)).containsExactly("d0", "d1", "d2");
        assertThat(inbox.devicesDue("d2", 3)).containsExactly("d3", "d4");
    }

    private InboxRow claimed(String device) {
        return transactions
                .<Optional<InboxRow>>execute(status -> inbox.claimFirst(device))
                .orElseThrow();
    }

    private List<Boolean> duplicates(Arrival... arrivals) {
        return intake.take(List.of(arrivals)).stream()
                .map(answer -> json(answer).path("duplicate").asBoolean())
                .toList();
    }

    private DeviceAnswer take(Arrival arrival) {
        return intake.take(List.of(arrival)).get(0);
    }

    private long count(String condition) {
        return database.client()
                .sql("select count(*) from device_inbox where " + condition)
                .query(Long.class)
                .single();
    }

    private static Arrival heartRate(String device, int value, int second) {
        return new Arrival(new ReadingTopic(device, "heart-rate"), payload(value, second), Optional.empty());
    }

    private static byte[] payload(int value, int second) {
        return "{\"value\":%d,\"unit\":\"bpm\",\"timestamp\":\"2026-03-01T08:00:%02dZ\"}"
                .formatted(value, second)
                .getBytes(UTF_8);
    }

    private static JsonNode json(DeviceAnswer answer) {
        return parsed(answer.json());
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void inOtherThread(Runnable task) {
        var failure = new java.util.concurrent.CompletableFuture<Void>();
        var thread = new Thread(() -> {
            try {
                task.run();
                failure.complete(null);
            } catch (RuntimeException | AssertionError e) {
                failure.completeExceptionally(e);
            }
        });
        thread.start();
        failure.join();
    }
}
