package org.rapport.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rapport.testing.TestDatabase;
import org.rapport.work.WakeUp;
import org.rapport.work.Work.Step;

class SendingTest {

    /** Whose time is over at once: what is not recorded is leased again by the next step. */
    private static final Sending.Plan NO_LEASE = new Sending.Plan(1, Duration.ofMillis(-1));

    private final TestDatabase database = TestDatabase.with("V2026.11.21.11__outbox.sql");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final Outbox outbox = at(NOW);
    private final List<String> sent = new ArrayList<>();

    @Test
    void sendsNothingAgainBecauseWhatFollowsFromItFails() {
        put("a");
        var sender = new FailsToRecordOnce();

        assertThat(sending(outbox, sender).step()).isEqualTo(Step.MORE);
        assertThat(state("a")).isEqualTo("W");
        assertThat(written("follows")).as("what was written before the failure").isZero();
        assertThat(outbox.withdraw("a")).as("it has left").isFalse();

        assertThat(sending(at(NOW.plusSeconds(10)), sender).step()).isEqualTo(Step.MORE);
        assertThat(sent).containsExactly("a");
        assertThat(state("a")).isEqualTo("D");
        assertThat(written("follows")).isEqualTo(1);
    }

    @Test
    void holdsTheLeaseOfWhatTakesLonger() {
        put("a");
        var lease = Duration.ofMillis(1_500);
        Sender slow = item -> {
            sent.add(item.key());
            await().pollDelay(lease.multipliedBy(2)).until(() -> true);
            assertThat(outbox.lease(1, lease)).as("for another").isEmpty();
            return new Sender.Outcome.Sent();
        };
        new Sending(outbox, slow, database.transactions(), new Sending.Plan(1, lease)).step();
        assertThat(state("a")).isEqualTo("D");
    }

    @Test
    void failsWhatEndsInAnError() {
        put("a");
        sending(outbox, item -> {
                    throw new StackOverflowError();
                })
                .step();
        assertThat(outcome()).isEqualTo("StackOverflowError");
    }

    @Test
    void triesAgainWhatFails() {
        put("a");
        Sender away = item -> {
            sent.add(item.key());
            throw new IllegalStateException("of a patient");
        };
        assertThat(sending(outbox, away).step()).isEqualTo(Step.MORE);
        assertThat(state("a")).isEqualTo("W");
        assertThat(outcome()).isEqualTo("IllegalStateException");
    }

    private final class FailsToRecordOnce implements Sender {

        @Override
        public Outcome send(OutboxItem item) {
            sent.add(item.key());
            return new Outcome.Sent();
        }

        @Override
        public void recorded(OutboxItem item, Outcome outcome) {
            outbox.put(letter("follows"));
            if (!item.left()) {
                throw new IllegalStateException("of a patient");
            }
        }
    }

    private Sending sending(Outbox box, Sender sender) {
        return new Sending(box, sender, database.transactions(), NO_LEASE);
    }

    private Outbox at(Instant now) {
        return new Outbox(
                "test",
                new RetryPlan(Duration.ofSeconds(10), Duration.ofSeconds(40), Duration.ofMinutes(2)),
                new Outbox.Tools(database.client(), Clock.fixed(now, ZoneOffset.UTC), new WakeUp()));
    }

    private long written(String key) {
        return database.client()
                .sql("select count(*) from outbox_item where key = ?")
                .param(key)
                .query(Long.class)
                .single();
    }

    private String outcome() {
        return database.client()
                .sql("select outcome from outbox_item")
                .query(String.class)
                .single();
    }

    private void put(String key) {
        database.transactions().executeWithoutResult(status -> outbox.put(letter(key)));
    }

    private static Letter letter(String key) {
        return new Letter(key, Optional.empty(), "{}", NOW);
    }

    private String state(String key) {
        return database.client()
                .sql("select state from outbox_item where key = ?")
                .param(key)
                .query(String.class)
                .single();
    }
}
