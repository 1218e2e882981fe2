package org.rapport.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
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
    private final Outbox outbox = new Outbox(
            "test",
            new RetryPlan(Duration.ofSeconds(10), Duration.ofSeconds(40), Duration.ofMinutes(2)),
            new Outbox.Tools(database.client(), Clock.systemUTC(), new WakeUp()));
    private final List<String> sent = new ArrayList<>();

    @Test
    void sendsNothingAgainBecauseWhatFollowsFromItFails() {
        put("a");
        var sending = new Sending(outbox, new FailsToRecord(), database.transactions(), NO_LEASE);

        assertThat(sending.step()).isEqualTo(Step.MORE);
        assertThat(sending.step()).isEqualTo(Step.IDLE);
        assertThat(sent).containsExactly("a");
        assertThat(state("a")).isEqualTo("D");
        assertThat(database.client()
                        .sql("select count(*) from outbox_item where key = 'follows'")
                        .query(Long.class)
                        .single())
                .as("what was written before the failure")
                .isZero();
    }

    @Test
    void triesAgainWhatFails() {
        put("a");
        Sender away = item -> {
            sent.add(item.key());
            throw new IllegalStateException("of a patient");
        };
        assertThat(new Sending(outbox, away, database.transactions(), NO_LEASE).step())
                .isEqualTo(Step.MORE);
        assertThat(state("a")).isEqualTo("W");
        assertThat(database.client()
                        .sql("select outcome from outbox_item")
                        .query(String.class)
                        .single())
                .isEqualTo("IllegalStateException");
    }

    private final class FailsToRecord implements Sender {

        @Override
        public Outcome send(OutboxItem item) {
            sent.add(item.key());
            return new Outcome.Sent();
        }

        @Override
        public void recorded(OutboxItem item, Outcome outcome) {
            outbox.put(letter("follows"));
            throw new IllegalStateException("of a patient");
        }
    }

    private void put(String key) {
        database.transactions().executeWithoutResult(status -> outbox.put(letter(key)));
    }

    private static Letter letter(String key) {
        return new Letter(key, Optional.empty(), "{}", Clock.systemUTC().instant());
    }

    private String state(String key) {
        return database.client()
                .sql("select state from outbox_item where key = ?")
                .param(key)
                .query(String.class)
                .single();
    }
}
